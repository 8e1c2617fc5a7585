package io.letschat.socketio.example;

import com.corundumstudio.socketio.Configuration;
import io.letschat.socketio.ConformantSocketIOServer;

/** A program for netty-socketio. One line of it is not stock. */
final class LobbyExample {
  private LobbyExample() {}

  static ConformantSocketIOServer start() {
    var configuration = new Configuration();
    configuration.setHostname("127.0.0.1");
    configuration.setPort(0);

    // Was: new SocketIOServer(configuration)
    var server = new ConformantSocketIOServer(configuration);

    server.addConnectListener(client -> client.joinRoom("lobby"));
    server.addEventListener(
        "say",
        String.class,
        (client, text, ack) -> {
          server.getRoomOperations("lobby").sendEvent("said", text);
          ack.sendAckData("delivered");
        });
    server.start();
    return server;
  }
}
