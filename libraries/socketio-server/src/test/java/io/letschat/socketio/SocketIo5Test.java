package io.letschat.socketio;

import static io.letschat.netty.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.netty.testing.HttpConnection;
import io.letschat.netty.testing.NoLeaks;
import io.letschat.netty.testing.WebSocketConnection;
import io.letschat.socketio.fixture.EchoServer;
import io.letschat.socketio.fixture.RawSocketIo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The Socket.IO protocol, revision 5, behaviour by behaviour. */
@ExtendWith(NoLeaks.class)
class SocketIo5Test {
  private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

  private final ConformantSocketIOServer server = EchoServer.with(SocketIoSettings.defaults());

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private WebSocketConnection open() throws IOException {
    return RawSocketIo.open(server);
  }

  private WebSocketConnection connected() throws IOException {
    WebSocketConnection socket = RawSocketIo.connect(server);
    assertThat(socket.message()).isEqualTo("42[\"auth\",{}]");
    return socket;
  }

  private static void assertClosed(WebSocketConnection socket) throws IOException {
    assertThat(socket.closeStatus()).isEqualTo(1005);
  }

  // ---- connect

  @Test
  void connects_to_the_main_namespace() throws IOException {
    try (WebSocketConnection socket = open()) {
      socket.send("40");
      assertThat(socket.message()).matches("40\\{\"sid\":\"[0-9a-f-]{36}\"}");
      assertThat(socket.message()).isEqualTo("42[\"auth\",{}]");
    }
  }

  @Test
  void connects_with_a_payload() throws IOException {
    try (WebSocketConnection socket = open()) {
      socket.send("40{\"token\":\"123\"}");
      assertThat(socket.message()).startsWith("40{");
      assertThat(socket.message()).isEqualTo("42[\"auth\",{\"token\":\"123\"}]");
    }
  }

  @Test
  void connects_to_a_custom_namespace_with_a_payload() throws IOException {
    try (WebSocketConnection socket = open()) {
      socket.send("40/custom,{\"token\":\"abc\"}");
      assertThat(socket.message()).startsWith("40/custom,{\"sid\":");
      assertThat(socket.message()).isEqualTo("42/custom,[\"auth\",{\"token\":\"abc\"}]");
    }
  }

  @Test
  void an_unknown_namespace_is_an_error_and_leaves_the_connection_alive() throws IOException {
    try (WebSocketConnection socket = open()) {
      socket.send("40/random");
      assertThat(socket.message()).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
      socket.send("40");
      assertThat(socket.message()).startsWith("40{");
    }
  }

  @Test
  void a_refused_connect_is_an_error_with_a_message() throws IOException {
    try (WebSocketConnection socket = open()) {
      socket.send("40{\"token\":\"wrong\"}");
      assertThat(socket.message()).isEqualTo("44{\"message\":\"unauthorized\"}");
      socket.send("40{\"token\":\"right\"}");
      assertThat(socket.message()).startsWith("40{");
    }
  }

  @Test
  void the_socket_id_is_not_the_session_id() throws IOException {
    try (WebSocketConnection socket = new WebSocketConnection(server.port(), RawSocketIo.V5)) {
      String session = socket.text();
      socket.send("40");
      String id = socket.message().substring(10, 46);
      assertThat(session).doesNotContain(id);
      assertThat(server.getClient(java.util.UUID.fromString(id))).isNotNull();
    }
  }

  @Test
  void connecting_twice_closes_the_connection() throws IOException {
    try (WebSocketConnection socket = connected()) {
      socket.send("40");
      assertClosed(socket);
    }
  }

  @Test
  void an_event_before_connect_closes_the_connection_unheard() throws IOException {
    try (WebSocketConnection socket = open()) {
      socket.send("42[\"message\",1]");
      assertClosed(socket);
    }
  }

  @Test
  void an_event_after_a_refused_connect_closes_the_connection_unheard() throws IOException {
    try (WebSocketConnection socket = open()) {
      socket.send("40{\"token\":\"wrong\"}");
      assertThat(socket.message()).startsWith("44");
      socket.send("42[\"message\",1]");
      assertClosed(socket);
    }
  }

  @Test
  void a_connection_that_joins_no_namespace_is_closed() throws IOException {
    ConformantSocketIOServer hasty =
        EchoServer.with(
            SocketIoSettings.defaults().toBuilder()
                .connectTimeout(java.time.Duration.ofMillis(700))
                .build());
    hasty.start();
    try (WebSocketConnection socket = RawSocketIo.open(hasty);
        WebSocketConnection joined = RawSocketIo.connect(hasty)) {
      assertClosed(socket);
      joined.message();
      assertThat(joined.http().isSilentFor(1_000)).isTrue();
      // And one that left its last namespace.
      joined.send("41");
      assertClosed(joined);
    } finally {
      hasty.stop();
    }
  }

  // ---- disconnect

  @Test
  void leaving_one_namespace_leaves_the_others_and_the_connection() throws IOException {
    try (WebSocketConnection socket = connected()) {
      socket.send("40/custom");
      assertThat(socket.message()).startsWith("40/custom,");
      assertThat(socket.message()).startsWith("42/custom,[\"auth\"");
      socket.send("41/custom");
      socket.send("42[\"message\",\"to main\"]");
      assertThat(socket.message()).isEqualTo("42[\"message-back\",\"to main\"]");
      socket.send("40/custom,");
      assertThat(socket.message()).startsWith("40/custom,");
    }
  }

  @Test
  void a_kicked_client_is_told_and_its_connection_stays() throws IOException {
    try (WebSocketConnection socket = connected()) {
      socket.send("42[\"kick\"]");
      socket.send("42[\"message\",\"too late\"]");
      assertThat(socket.message()).isEqualTo("41");
      eventually("it left", () -> server.getAllClients().isEmpty());
      socket.send("40");
      assertThat(socket.message()).startsWith("40{");
    }
  }

  @Test
  void a_closed_connection_leaves_all_its_namespaces() throws IOException {
    try (WebSocketConnection socket = connected()) {
      socket.send("40/custom");
      socket.message();
      assertThat(server.getAllClients()).hasSize(1);
    }
    eventually(
        "all left",
        () ->
            server.getAllNamespaces().stream().allMatch(ns -> ns.getAllClients().isEmpty())
                && server.engine().sessionCount() == 0);
  }

  // ---- messages

  @Test
  void an_event_carries_any_json() throws IOException {
    try (WebSocketConnection socket = connected()) {
      socket.send("42[\"message\",1,\"2\",{\"3\":[true]},null,-1.5e3,\"é😀\u2028\"]");
      assertThat(socket.message())
          .isEqualTo(
              "42[\"message-back\",1,\"2\",{\"3\":[true]},null,-1500.0,\"é\\uD83D\\uDE00\u2028\"]");
    }
  }

  @Test
  void an_ack_carries_any_json_and_its_id() throws IOException {
    try (WebSocketConnection socket = connected()) {
      socket.send("42456[\"message-with-ack\",1,\"2\",{\"3\":[false]}]");
      assertThat(socket.message()).isEqualTo("43456[1,\"2\",{\"3\":[false]}]");
      socket.send("420[\"message-with-ack\"]");
      assertThat(socket.message()).isEqualTo("430[]");
    }
  }

  @Test
  void an_ack_in_a_custom_namespace_names_it() throws IOException {
    try (WebSocketConnection socket = connected()) {
      socket.send("40/custom");
      socket.message();
      socket.message();
      socket.send("42/custom,7[\"message-with-ack\",1]");
      assertThat(socket.message()).isEqualTo("43/custom,7[1]");
    }
  }

  @Test
  void an_event_carries_binary() throws IOException {
    try (WebSocketConnection socket = connected()) {
      socket.send(
          "452-[\"message\",{\"_placeholder\":true,\"num\":0},{\"deep\":[{\"_placeholder\":true,\"num\":1}]}]");
      socket.send(new byte[] {1, 2, 3});
      socket.send(new byte[] {4, 5, 6});
      String event = socket.message();
      assertThat(event).startsWith("452-[\"message-back\",{").contains("{\"deep\":[{");
      assertThat(socket.binary()).containsExactly(1, 2, 3);
      assertThat(socket.binary()).containsExactly(4, 5, 6);
    }
  }

  @Test
  void an_ack_carries_binary() throws IOException {
    try (WebSocketConnection socket = connected()) {
      socket.send("451-789[\"message-with-ack\",{\"_placeholder\":true,\"num\":0}]");
      socket.send(new byte[] {1, 2, 3});
      assertThat(socket.message()).startsWith("461-789[{").contains("\"_placeholder\":true");
      assertThat(socket.binary()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void binary_travels_over_polling_too() throws IOException {
    try (HttpConnection http = new HttpConnection(server.port())) {
      String open = http.get(POLLING).text();
      String url = POLLING + "&sid=" + open.split("\"")[3];
      http.post(url, "40");
      http.post(url, "451-[\"message\",{\"_placeholder\":true,\"num\":0}]\u001ebAQID");
      StringBuilder received = new StringBuilder();
      while (!received.toString().contains("message-back")) {
        received.append(http.get(url).text()).append('\u001e');
      }
      assertThat(received.toString()).contains("\u001ebAQID\u001e");
    }
  }

  @Test
  void a_binary_event_may_have_no_attachments() throws IOException {
    try (WebSocketConnection socket = connected()) {
      socket.send("450-[\"message\",1]");
      assertThat(socket.message()).isEqualTo("42[\"message-back\",1]");
    }
  }

  @Test
  void placeholders_in_a_text_event_are_plain_data() throws IOException {
    try (WebSocketConnection socket = connected()) {
      socket.send("42[\"message\",{\"_placeholder\":true,\"num\":0}]");
      assertThat(socket.message())
          .isEqualTo("42[\"message-back\",{\"_placeholder\":true,\"num\":0}]");
    }
  }

  @Test
  void a_thousand_events_are_heard_and_answered_in_order() throws Exception {
    try (WebSocketConnection socket = connected()) {
      Thread sender =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  for (int i = 0; i < 1000; i++) {
                    socket.send("42" + i + "[\"message-with-ack\"," + i + "]");
                  }
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      for (int i = 0; i < 1000; i++) {
        assertThat(socket.message()).isEqualTo("43" + i + "[" + i + "]");
      }
      sender.join();
    }
  }

  // ---- what is no Socket.IO

  @Test
  void malformed_packets_close_the_connection() throws IOException {
    String[] malformed = {
      "4abc",
      "4",
      "47[]",
      "4-",
      "42",
      "42{}",
      "42\"x\"",
      "42[]",
      "42[{}]",
      "42[null]",
      "42[true]",
      "42[\"message\"",
      "42[\"message\"]]",
      "42[\"message\",]",
      "42abc[\"message\"]",
      "42[\"connect\"]",
      "42[\"connect_error\"]",
      "42[\"disconnect\"]",
      "42[\"disconnecting\"]",
      "42[\"newListener\"]",
      "42[\"removeListener\"]",
      "43[]",
      "431{}",
      "431",
      "41{}",
      "41[]",
      "40\"x\"",
      "40[]",
      "40{",
      "44{}",
      "44\"x\"",
      "45[\"message\"]",
      "45-[\"message\"]",
      "451[\"message\"]",
      "45x-[\"message\"]",
      "4511-[\"message\"]",
      "4599999999999-[\"x\"]",
      "4299999999999999999999[\"message\"]",
      "42/custom,[\"message\"]",
      "42/custom",
      "461-[\"x\"]",
      "42[\"message\",NaN]",
      "42[\"message\",01]",
      "42['message']",
      "42//[\"x\"]",
    };
    for (String packet : malformed) {
      try (WebSocketConnection socket = connected()) {
        socket.send(packet);
        assertThat(socket.closeStatus()).as(packet).isEqualTo(1005);
      }
    }
    eventually("no session stays", () -> server.engine().sessionCount() == 0);
    eventually("no client stays", () -> server.getAllClients().isEmpty());
  }

  @Test
  void what_follows_a_malformed_packet_is_not_heard() throws IOException {
    AtomicInteger heard = new AtomicInteger();
    server.addEventListener("count", Object.class, (client, data, ack) -> heard.incrementAndGet());
    try (WebSocketConnection socket = connected()) {
      java.io.ByteArrayOutputStream burst = new java.io.ByteArrayOutputStream();
      for (String packet : new String[] {"42[\"count\"]", "42{}", "42[\"count\"]"}) {
        burst.writeBytes(WebSocketConnection.frame(0x81, packet.getBytes(StandardCharsets.UTF_8)));
      }
      socket.http().write(burst.toByteArray());
      assertClosed(socket);
    }
    eventually("all is handled", () -> server.connectionCount() == 0);
    assertThat(heard).hasValue(1);
  }

  @Test
  void text_among_attachments_closes_the_connection() throws IOException {
    try (WebSocketConnection socket = connected()) {
      socket.send("451-[\"message\",{\"_placeholder\":true,\"num\":0}]");
      socket.send("42[\"message\"]");
      assertClosed(socket);
    }
  }

  @Test
  void an_attachment_of_nothing_closes_the_connection() throws IOException {
    try (WebSocketConnection socket = connected()) {
      socket.send(new byte[] {1});
      assertClosed(socket);
    }
  }

  @Test
  void placeholders_without_attachment_close_the_connection() throws IOException {
    for (String num : new String[] {"1", "-1", "\"0\"", "0.5", "null", "99999999999"}) {
      try (WebSocketConnection socket = connected()) {
        socket.send("451-[\"message\",{\"_placeholder\":true,\"num\":" + num + "}]");
        socket.send(new byte[] {1});
        assertClosed(socket);
      }
    }
  }

  @Test
  void json_too_deep_closes_the_connection() throws IOException {
    try (WebSocketConnection socket = connected()) {
      String deep = "[".repeat(60) + "]".repeat(60);
      socket.send("42[\"message\"," + deep + "]");
      assertThat(socket.message()).isEqualTo("42[\"message-back\"," + deep + "]");
      socket.send("42[\"message\"," + "[".repeat(100_000) + "]".repeat(100_000) + "]");
      assertClosed(socket);
    }
  }
}
