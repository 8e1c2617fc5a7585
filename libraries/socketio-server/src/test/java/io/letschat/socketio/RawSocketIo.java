package io.letschat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.netty.testing.WebSocketConnection;
import java.io.IOException;

/** A raw WebSocket that has come as far as CONNECT. */
final class RawSocketIo {
  static final String V5 = "/socket.io/?EIO=4&transport=websocket";
  static final String V4 = "/socket.io/?EIO=3&transport=websocket";

  private RawSocketIo() {}

  /** Connected to the server, but to no namespace yet. */
  static WebSocketConnection open(ConformantSocketIOServer server) throws IOException {
    WebSocketConnection socket = new WebSocketConnection(server.port(), V5);
    assertThat(socket.text()).startsWith("0{");
    return socket;
  }

  /** Connected to the main namespace. */
  static WebSocketConnection connect(ConformantSocketIOServer server) throws IOException {
    WebSocketConnection socket = open(server);
    socket.send("40");
    assertThat(socket.message()).startsWith("40{\"sid\":\"");
    return socket;
  }
}
