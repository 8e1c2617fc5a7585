package io.letschat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.netty.testing.HttpConnection;
import io.letschat.netty.testing.NoLeaks;
import io.letschat.netty.testing.WebSocketConnection;
import io.letschat.socketio.fixture.EchoServer;
import io.letschat.socketio.fixture.RawSocketIo;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What old clients, socket.io-client 2.x over Engine.IO 3, see otherwise. */
@ExtendWith(NoLeaks.class)
class SocketIo4Test {
  private final ConformantSocketIOServer server = EchoServer.with(SocketIoSettings.defaults());

  SocketIo4Test() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private WebSocketConnection open(ConformantSocketIOServer at) throws IOException {
    WebSocketConnection socket = new WebSocketConnection(at.port(), RawSocketIo.V4);
    assertThat(socket.text()).startsWith("0{");
    return socket;
  }

  @Test
  void they_are_connected_to_the_main_namespace_unasked() throws IOException {
    try (WebSocketConnection socket = open(server)) {
      assertThat(socket.text()).isEqualTo("40");
      assertThat(socket.text()).isEqualTo("42[\"auth\",{}]");
      socket.send("427[\"message-with-ack\",1]");
      assertThat(socket.text()).isEqualTo("437[1]");
    }
  }

  @Test
  void they_are_connected_over_polling_too() throws IOException {
    try (HttpConnection http = new HttpConnection(server.port())) {
      String url = "/socket.io/?EIO=3&transport=polling";
      String open = http.get(url).text();
      StringBuilder received = new StringBuilder(open);
      while (!received.toString().contains("auth")) {
        received.append(http.get(url + "&sid=" + open.split("\"")[3]).text());
      }
      assertThat(received.toString()).contains("2:40").contains("13:42[\"auth\",{}]");
    }
  }

  @Test
  void a_refusal_is_an_error_packet_with_the_bare_message() throws IOException {
    ConformantSocketIOServer strict = EchoServer.with(SocketIoSettings.defaults());
    strict
        .addNamespace("/")
        .addAuthTokenListener((auth, client) ->
            new com.corundumstudio.socketio.AuthTokenResult(
                false, auth == null ? "unauthorized" : "not null"));
    strict.start();
    try (WebSocketConnection socket = open(strict)) {
      assertThat(socket.text()).isEqualTo("44\"unauthorized\"");
      socket.send("42[\"message\",1]");
      assertThat(socket.closeStatus()).isEqualTo(1005);
    } finally {
      strict.stop();
    }
  }

  @Test
  void a_namespace_may_bring_a_query_which_is_its_auth() throws IOException {
    try (WebSocketConnection socket = open(server)) {
      socket.text();
      socket.text();
      socket.send("40/custom?token=abc");
      assertThat(socket.text()).isEqualTo("40/custom,");
      assertThat(socket.text()).isEqualTo("42/custom,[\"auth\",{\"token\":\"abc\"}]");
      socket.send("42/custom,[\"message\",1]");
      assertThat(socket.text()).isEqualTo("42/custom,[\"message-back\",1]");
      socket.send("40/random");
      assertThat(socket.text()).isEqualTo("44/random,\"Invalid namespace\"");
    }
  }

  @Test
  void binary_attachments_begin_with_the_packet_type() throws IOException {
    try (WebSocketConnection socket = open(server)) {
      socket.text();
      socket.text();
      socket.send("451-[\"message\",{\"_placeholder\":true,\"num\":0}]");
      socket.send(new byte[] {4, 1, 2, 3});
      assertThat(socket.text()).startsWith("451-[\"message-back\",{");
      assertThat(socket.binary()).containsExactly(4, 1, 2, 3);
    }
  }
}
