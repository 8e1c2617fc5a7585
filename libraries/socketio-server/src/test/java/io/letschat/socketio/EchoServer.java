package io.letschat.socketio;

import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIONamespace;
import com.corundumstudio.socketio.listener.MultiTypeEventListener;
import io.letschat.engineio.EngineSettings;
import java.time.Duration;
import java.util.Map;

/**
 * What the public Socket.IO suite wants its server to do, and a little more; {@link #main} serves
 * it by hand.
 */
final class EchoServer {
  private EchoServer() {}

  static ConformantSocketIOServer with(SocketIoSettings settings) {
    return with(settings, 0);
  }

  private static ConformantSocketIOServer with(SocketIoSettings settings, int port) {
    Configuration configuration = new Configuration();
    configuration.setHostname("127.0.0.1");
    configuration.setPort(port);
    configuration.setWorkerThreads(2);
    ConformantSocketIOServer server = new ConformantSocketIOServer(configuration, settings);
    echo(server.addNamespace("/"));
    echo(server.addNamespace("/custom"));
    return server;
  }

  private static void echo(SocketIONamespace namespace) {
    Class<?>[] anything = new Class<?>[8];
    java.util.Arrays.fill(anything, Object.class);
    namespace.addAuthTokenListener((auth, client) ->
        auth instanceof Map<?, ?> map && "wrong".equals(map.get("token"))
            ? new AuthTokenResult(false, "unauthorized")
            : AuthTokenResult.AuthTokenResultSuccess);
    namespace.addConnectListener(client -> {
      Object auth = client.getHandshakeData().getAuthToken();
      client.sendEvent("auth", auth == null ? Map.of() : auth);
    });
    namespace.addMultiTypeEventListener(
        "message",
        (client, data, ack) -> client.sendEvent("message-back", data.getArgs().toArray()),
        anything);
    MultiTypeEventListener answer = (client, data, ack) -> ack.sendAckData(data.getArgs());
    namespace.addMultiTypeEventListener("message-with-ack", answer, anything);
    namespace.addEventListener(
        "join",
        String.class,
        (client, room, ack) -> {
          client.joinRoom(room);
          ack.sendAckData("joined");
        });
    namespace.addMultiTypeEventListener(
        "to-room",
        (client, data, ack) -> {
          String room = data.first();
          namespace
              .getRoomOperations(room)
              .sendEvent("room", data.getArgs().subList(1, data.size()).toArray());
        },
        anything);
    namespace.addEventListener("kick", Object.class, (client, none, ack) -> client.disconnect());
  }

  static SocketIoSettings quick() {
    return new SocketIoSettings.Builder()
        .connectTimeout(Duration.ofSeconds(1))
        .engine(
            new EngineSettings.Builder()
                .heartbeat(Duration.ofMillis(300), Duration.ofMillis(200))
                .allowedOrigins(origin -> true)
                .build())
        .build();
  }

  public static void main(String[] args) throws InterruptedException {
    boolean quick = args.length > 1;
    ConformantSocketIOServer server =
        with(quick ? quick() : SocketIoSettings.defaults(), Integer.parseInt(args[0]));
    server.start();
    System.out.println("listening on " + server.port());
    Thread.currentThread().join();
  }
}
