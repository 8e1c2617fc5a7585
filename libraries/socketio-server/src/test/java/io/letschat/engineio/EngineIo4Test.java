package io.letschat.engineio;

import static io.letschat.netty.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.letschat.engineio.packet.EnginePacket;
import io.letschat.engineio.session.EngineSession;
import io.letschat.netty.testing.HttpConnection;
import io.letschat.netty.testing.NoLeaks;
import io.letschat.netty.testing.WebSocketConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The Engine.IO protocol, revision 4, behaviour by behaviour. */
@ExtendWith(NoLeaks.class)
class EngineIo4Test {
  private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
  private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

  private final EngineEcho echo =
      new EngineEcho(
          new EngineSettings.Builder()
              .heartbeat(Duration.ofMillis(300), Duration.ofMillis(900))
              .closeTimeout(Duration.ofMillis(300))
              .build());
  private final EngineEcho calm = new EngineEcho(EngineSettings.defaults());

  @AfterEach
  void stop() {
    echo.close();
    calm.close();
  }

  private HttpConnection http() throws IOException {
    return new HttpConnection(calm.port());
  }

  private String open(HttpConnection http) throws IOException {
    return json(http.get(POLLING).text().substring(1)).path("sid").asText();
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  private WebSocketConnection webSocket() throws IOException {
    WebSocketConnection socket = new WebSocketConnection(calm.port(), WEBSOCKET);
    assertThat(socket.text()).startsWith("0{");
    return socket;
  }

  // ---- handshake

  @Test
  void polling_opens_a_session_with_all_the_fields_of_the_handshake() throws IOException {
    try (HttpConnection http = http()) {
      HttpConnection.Answer answer = http.get(POLLING);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Type")).isEqualTo("text/plain; charset=UTF-8");
      assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
      assertThat(answer.text()).startsWith("0");
      JsonNode handshake = json(answer.text().substring(1));
      assertThat(handshake.fieldNames())
          .toIterable()
          .containsExactly("sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload");
      assertThat(handshake.path("upgrades").toString()).isEqualTo("[\"websocket\"]");
      assertThat(handshake.path("pingInterval").asInt()).isEqualTo(25_000);
      assertThat(handshake.path("pingTimeout").asInt()).isEqualTo(20_000);
      assertThat(handshake.path("maxPayload").asInt()).isEqualTo(1_000_000);
    }
  }

  @Test
  void a_websocket_opens_a_session_that_has_nothing_to_upgrade_to() throws IOException {
    try (WebSocketConnection socket = new WebSocketConnection(calm.port(), WEBSOCKET)) {
      JsonNode handshake = json(socket.text().substring(1));
      assertThat(handshake.path("sid").asText()).isNotEmpty();
      assertThat(handshake.path("upgrades").toString()).isEqualTo("[]");
    }
  }

  @Test
  void session_ids_are_long_and_never_the_same() throws IOException {
    Set<String> ids = new HashSet<>();
    try (HttpConnection http = http()) {
      for (int i = 0; i < 50; i++) {
        String id = open(http);
        // 27 characters of base64 are 160 bits.
        assertThat(id).matches("[A-Za-z0-9_-]{27}");
        ids.add(id);
      }
    }
    assertThat(ids).hasSize(50);
  }

  @Test
  void the_path_may_lack_its_last_slash() throws IOException {
    try (HttpConnection http = http()) {
      assertThat(http.get("/socket.io?EIO=4&transport=polling").status()).isEqualTo(200);
    }
  }

  // ---- refusals

  private void assertRefused(HttpConnection.Answer answer, int code, String message) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.text()).isEqualTo("{\"code\":" + code + ",\"message\":\"" + message + "\"}");
  }

  @Test
  void an_unknown_transport_is_refused() throws IOException {
    try (HttpConnection http = http()) {
      assertRefused(http.get("/socket.io/?EIO=4"), 0, "Transport unknown");
      assertRefused(http.get("/socket.io/?EIO=4&transport=abc"), 0, "Transport unknown");
      assertRefused(http.get("/socket.io/"), 0, "Transport unknown");
    }
  }

  @Test
  void an_unknown_session_is_refused() throws IOException {
    try (HttpConnection http = http()) {
      assertRefused(http.get(POLLING + "&sid=nobody"), 1, "Session ID unknown");
      assertRefused(http.post(POLLING + "&sid=nobody", "4x"), 1, "Session ID unknown");
    }
    assertThatThrownBy(() -> new WebSocketConnection(calm.port(), WEBSOCKET + "&sid=nobody"))
        .hasMessage("refused with 400");
  }

  @Test
  void a_handshake_is_a_get() throws IOException {
    try (HttpConnection http = http()) {
      assertRefused(http.post(POLLING, ""), 2, "Bad handshake method");
      http.send("PUT", POLLING);
      assertRefused(http.answer(), 2, "Bad handshake method");
    }
    assertThat(calm.engine().sessionCount()).isZero();
  }

  @Test
  void an_unknown_revision_is_refused() throws IOException {
    try (HttpConnection http = http()) {
      for (String version : new String[] {"", "&EIO=abc", "&EIO=5", "&EIO=2", "&EIO=44"}) {
        assertRefused(
            http.get("/socket.io/?transport=polling" + version), 5, "Unsupported protocol version");
      }
    }
  }

  @Test
  void a_plain_request_for_the_websocket_transport_is_refused() throws IOException {
    try (HttpConnection http = http()) {
      assertRefused(http.get(WEBSOCKET), 3, "Bad request");
      assertRefused(http.get(POLLING + "&j=0"), 3, "Bad request");
    }
    assertThatThrownBy(() -> new WebSocketConnection(calm.port(), POLLING))
        .hasMessage("refused with 400");
  }

  @Test
  void malformed_escapes_in_the_query_are_refused() throws IOException {
    try (HttpConnection http = http()) {
      assertRefused(http.get(POLLING + "&x=%zz"), 3, "Bad request");
      assertRefused(http.get("/socket.io/?EIO=4&transport=%"), 3, "Bad request");
    }
  }

  @Test
  void only_get_and_post_mean_something_to_a_session() throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http);
      http.send("DELETE", POLLING + "&sid=" + sid);
      assertRefused(http.answer(), 3, "Bad request");
    }
  }

  @Test
  void a_websocket_needs_a_proper_key_and_version() throws IOException {
    String upgrade = "Connection: Upgrade\r\nUpgrade: websocket";
    try (HttpConnection http = http()) {
      assertRefused(http.get(WEBSOCKET, upgrade, "Sec-WebSocket-Version: 13"), 3, "Bad request");
      assertRefused(
          http.get(WEBSOCKET, upgrade, "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: abc"),
          3,
          "Bad request");
      assertRefused(
          http.get(
              WEBSOCKET,
              upgrade,
              "Sec-WebSocket-Version: 8",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="),
          3,
          "Bad request");
    }
  }

  @Test
  void the_accept_key_is_the_one_of_the_rfc() throws IOException {
    try (HttpConnection http = http()) {
      HttpConnection.Answer switched =
          http.get(
              WEBSOCKET,
              "Connection: Upgrade",
              "Upgrade: websocket",
              "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
      assertThat(switched.status()).isEqualTo(101);
      assertThat(switched.header("Sec-WebSocket-Accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }
  }

  // ---- messages over polling

  @Test
  void polling_carries_one_packet_each_way() throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http);
      HttpConnection.Answer posted = http.post(POLLING + "&sid=" + sid, "4hello");
      assertThat(posted.status()).isEqualTo(200);
      assertThat(posted.text()).isEqualTo("ok");
      assertThat(posted.header("Content-Type")).isEqualTo("text/html");
      assertThat(http.get(POLLING + "&sid=" + sid).text()).isEqualTo("4hello");
    }
  }

  @Test
  void polling_carries_several_packets_in_one_payload_and_binary_as_base64() throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http);
      http.post(POLLING + "&sid=" + sid, "4test1\u001e4test2\u001ebAQIDBA==\u001e4é😀\u2028");
      assertThat(http.get(POLLING + "&sid=" + sid).text())
          .isEqualTo("4test1\u001e4test2\u001ebAQIDBA==\u001e4é😀\u2028");
    }
  }

  @Test
  void a_poll_waits_for_the_next_packet() throws Exception {
    try (HttpConnection poll = http();
        HttpConnection post = http()) {
      String sid = open(post);
      poll.send("GET", POLLING + "&sid=" + sid);
      assertThat(poll.isSilentFor(100)).isTrue();
      post.post(POLLING + "&sid=" + sid, "4now");
      assertThat(poll.answer().text()).isEqualTo("4now");
    }
  }

  @Test
  void a_thousand_packets_between_two_polls_all_arrive_in_order() throws IOException {
    StringBuilder payload = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      payload.append(i == 0 ? "" : "\u001e").append('4').append(i);
    }
    try (HttpConnection http = http()) {
      String sid = open(http);
      http.post(POLLING + "&sid=" + sid, payload.toString());
      assertThat(http.get(POLLING + "&sid=" + sid).text()).isEqualTo(payload.toString());
    }
  }

  @Test
  void a_malformed_payload_ends_the_session() throws IOException {
    for (String malformed : new String[] {"abc", "", "7x", "4ok\u001e", "b%%%", "\u001e4x"}) {
      try (HttpConnection http = http()) {
        String sid = open(http);
        assertThat(http.post(POLLING + "&sid=" + sid, malformed).status()).isEqualTo(400);
        assertRefused(http.get(POLLING + "&sid=" + sid), 1, "Session ID unknown");
      }
    }
    calm.awaitClosed(
        CloseReason.PARSE_ERROR,
        CloseReason.PARSE_ERROR,
        CloseReason.PARSE_ERROR,
        CloseReason.PARSE_ERROR,
        CloseReason.PARSE_ERROR,
        CloseReason.PARSE_ERROR);
  }

  @Test
  void text_that_is_no_utf8_ends_the_session() throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http);
      byte[] overlong = {'4', (byte) 0xc0, (byte) 0xaf};
      assertThat(http.post(POLLING + "&sid=" + sid, overlong).status()).isEqualTo(400);
    }
  }

  @Test
  void a_binary_body_is_not_for_this_revision() throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http);
      assertThat(
              http.post(POLLING + "&sid=" + sid, "4x", "Content-Type: application/octet-stream")
                  .status())
          .isEqualTo(400);
      assertRefused(http.get(POLLING + "&sid=" + sid), 1, "Session ID unknown");
    }
  }

  @Test
  void a_second_poll_ends_the_session_and_both_polls() throws IOException {
    try (HttpConnection first = http();
        HttpConnection second = http()) {
      String sid = open(first);
      first.send("GET", POLLING + "&sid=" + sid);
      calm.awaitPoll();
      assertThat(second.get(POLLING + "&sid=" + sid).status()).isEqualTo(400);
      HttpConnection.Answer answer = first.answer();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("1");
      assertRefused(second.get(POLLING + "&sid=" + sid), 1, "Session ID unknown");
    }
    calm.awaitClosed(CloseReason.TRANSPORT_ERROR);
  }

  @Test
  void a_second_post_at_a_time_ends_the_session() throws IOException {
    try (HttpConnection first = http();
        HttpConnection second = http()) {
      String sid = open(second);
      first.send("POST", POLLING + "&sid=" + sid, "Content-Length: 100", "Expect: 100-continue");
      assertThat(first.answer().status()).isEqualTo(100);
      first.write("4unfinished");
      assertThat(second.post(POLLING + "&sid=" + sid, "4x").status()).isEqualTo(400);
      assertRefused(second.get(POLLING + "&sid=" + sid), 1, "Session ID unknown");
    }
  }

  @Test
  void a_cancelled_poll_ends_the_session() throws IOException {
    try (HttpConnection other = http()) {
      String sid = open(other);
      try (HttpConnection poll = http()) {
        poll.send("GET", POLLING + "&sid=" + sid);
        calm.awaitPoll();
      }
      eventually("the session is gone", () -> calm.engine().sessionCount() == 0);
      assertRefused(other.get(POLLING + "&sid=" + sid), 1, "Session ID unknown");
    }
    calm.awaitClosed(CloseReason.TRANSPORT_ERROR);
  }

  // ---- messages over a WebSocket

  @Test
  void a_websocket_carries_text_and_bare_binary() throws IOException {
    try (WebSocketConnection socket = webSocket()) {
      socket.send("4é😀\u2028\u001e");
      assertThat(socket.text()).isEqualTo("4é😀\u2028\u001e");
      socket.send(new byte[] {1, 2, 3, 4});
      assertThat(socket.binary()).containsExactly(1, 2, 3, 4);
      socket.send(new byte[0]);
      assertThat(socket.binary()).isEmpty();
    }
  }

  @Test
  void a_websocket_carries_messages_of_every_length_of_header() throws IOException {
    try (WebSocketConnection socket = webSocket()) {
      for (int length :
          new int[] {1, 123, 124, 125, 126, 65_533, 65_534, 65_535, 200_000, 999_999}) {
        String message = "4" + "x".repeat(length);
        socket.send(message);
        assertThat(socket.text()).isEqualTo(message);
      }
    }
  }

  @Test
  void a_message_may_come_in_fragments_with_a_ping_between() throws IOException {
    try (WebSocketConnection socket = webSocket()) {
      socket.sendFrame(WebSocketConnection.TEXT, "4he".getBytes());
      socket.sendFrame(0x80 | WebSocketConnection.PING, "p".getBytes());
      socket.sendFrame(WebSocketConnection.CONTINUATION, "ll".getBytes());
      socket.sendFrame(0x80, "o".getBytes());
      WebSocketConnection.Frame pong = socket.receive();
      assertThat(pong.opcode()).isEqualTo(WebSocketConnection.PONG);
      assertThat(pong.text()).isEqualTo("p");
      assertThat(socket.text()).isEqualTo("4hello");
    }
  }

  @Test
  void a_malformed_packet_closes_the_websocket() throws IOException {
    for (String malformed : new String[] {"abc", "", "9", "b!"}) {
      try (WebSocketConnection socket = webSocket()) {
        socket.send(malformed);
        assertThat(socket.closeStatus()).isEqualTo(1007);
      }
    }
    calm.awaitClosed(
        CloseReason.PARSE_ERROR,
        CloseReason.PARSE_ERROR,
        CloseReason.PARSE_ERROR,
        CloseReason.PARSE_ERROR);
  }

  @Test
  void the_close_handshake_of_a_websocket_is_completed() throws IOException {
    try (WebSocketConnection socket = webSocket()) {
      socket.sendFrame(0x80 | WebSocketConnection.CLOSE, new byte[] {3, (byte) 232});
      assertThat(socket.closeStatus()).isEqualTo(1000);
      assertThat(socket.http().isClosed()).isTrue();
    }
    calm.awaitClosed(CloseReason.TRANSPORT_CLOSE);
  }

  @Test
  void frames_sent_along_with_the_upgrade_request_are_not_lost() throws IOException {
    try (HttpConnection http = http()) {
      java.io.ByteArrayOutputStream both = new java.io.ByteArrayOutputStream();
      both.writeBytes(WebSocketConnection.request(WEBSOCKET).getBytes());
      both.writeBytes(WebSocketConnection.frame(0x81, "4early".getBytes()));
      http.write(both.toByteArray());
      assertThat(http.answer().status()).isEqualTo(101);
      StringBuilder received = new StringBuilder();
      while (!received.toString().contains("4early")) {
        received.append((char) http.read());
      }
      assertThat(received.toString()).contains("0{\"sid\"");
    }
  }

  // ---- heartbeat

  @Test
  void the_server_pings_and_the_client_pongs_over_polling() throws IOException {
    try (HttpConnection http = new HttpConnection(echo.port())) {
      String sid = open(http);
      for (int i = 0; i < 3; i++) {
        assertThat(http.get(POLLING + "&sid=" + sid).text()).isEqualTo("2");
        assertThat(http.post(POLLING + "&sid=" + sid, "3").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void the_server_pings_and_the_client_pongs_over_a_websocket() throws IOException {
    try (WebSocketConnection socket = new WebSocketConnection(echo.port(), WEBSOCKET)) {
      socket.text();
      for (int i = 0; i < 3; i++) {
        assertThat(socket.text()).isEqualTo("2");
        socket.send("3");
      }
    }
  }

  @Test
  void a_session_without_pongs_ends() throws IOException {
    try (HttpConnection http = new HttpConnection(echo.port());
        WebSocketConnection socket = new WebSocketConnection(echo.port(), WEBSOCKET)) {
      String sid = open(http);
      assertThat(socket.closeStatus()).isEqualTo(1005);
      eventually("both are gone", () -> echo.engine().sessionCount() == 0);
      assertRefused(http.get(POLLING + "&sid=" + sid), 1, "Session ID unknown");
    }
    echo.awaitClosed(CloseReason.PING_TIMEOUT, CloseReason.PING_TIMEOUT);
  }

  @Test
  void a_poll_that_waits_when_the_pong_is_overdue_is_told_of_the_end() throws IOException {
    try (HttpConnection http = new HttpConnection(echo.port())) {
      String sid = open(http);
      assertThat(http.get(POLLING + "&sid=" + sid).text()).isEqualTo("2");
      // No close packet: Python would stay away.
      assertRefused(http.get(POLLING + "&sid=" + sid), 1, "Session ID unknown");
    }
  }

  @Test
  void pings_are_not_for_clients() throws IOException {
    try (WebSocketConnection socket = webSocket()) {
      socket.send("2");
      socket.closeStatus();
    }
    calm.awaitClosed(CloseReason.TRANSPORT_ERROR);
  }

  // ---- close

  @Test
  void a_close_packet_ends_a_polling_session_and_its_poll() throws Exception {
    try (HttpConnection poll = http();
        HttpConnection post = http()) {
      String sid = open(post);
      poll.send("GET", POLLING + "&sid=" + sid);
      calm.awaitPoll();
      assertThat(post.post(POLLING + "&sid=" + sid, "1").text()).isEqualTo("ok");
      assertThat(poll.answer().text()).isEqualTo("6");
      assertRefused(post.get(POLLING + "&sid=" + sid), 1, "Session ID unknown");
    }
    calm.awaitClosed(CloseReason.TRANSPORT_CLOSE);
  }

  @Test
  void a_close_packet_ends_a_websocket() throws IOException {
    try (WebSocketConnection socket = webSocket()) {
      socket.send("1");
      assertThat(socket.closeStatus()).isEqualTo(1005);
    }
  }

  @Test
  void a_session_that_the_server_closes_hears_the_rest_first_and_is_told_so_then()
      throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http);
      EngineSession session = calm.engine().sessions().iterator().next();
      session.send(EnginePacket.text("last words"));
      session.close();
      // Not together: socket.io-client puts aside what comes with a close, and asks for it again.
      assertThat(http.get(POLLING + "&sid=" + sid).text()).isEqualTo("4last words");
      assertThat(http.get(POLLING + "&sid=" + sid).text()).isEqualTo("1");
      assertRefused(http.get(POLLING + "&sid=" + sid), 1, "Session ID unknown");
    }
    calm.awaitClosed(CloseReason.FORCED_CLOSE);
  }

  @Test
  void a_client_that_leaves_when_it_is_thrown_out_need_not_poll_again() throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http);
      EngineSession session = calm.engine().sessions().iterator().next();
      session.send(EnginePacket.text("out"));
      session.close();
      assertThat(http.get(POLLING + "&sid=" + sid).text()).isEqualTo("4out");
      assertThat(http.post(POLLING + "&sid=" + sid, "1").text()).isEqualTo("ok");
      assertRefused(http.get(POLLING + "&sid=" + sid), 1, "Session ID unknown");
    }
    calm.awaitClosed(CloseReason.TRANSPORT_CLOSE);
  }

  @Test
  void a_closed_session_that_never_polls_again_does_not_stay() throws IOException {
    try (HttpConnection http = new HttpConnection(echo.port())) {
      open(http);
      echo.engine().sessions().iterator().next().close();
      eventually("it is gone", () -> echo.engine().sessionCount() == 0);
    }
    echo.awaitClosed(CloseReason.FORCED_CLOSE);
  }

  @Test
  void what_was_sent_before_the_server_closes_a_websocket_arrives() throws IOException {
    try (WebSocketConnection socket = webSocket()) {
      EngineSession session = calm.engine().sessions().iterator().next();
      String large = "x".repeat(300_000);
      session.send(EnginePacket.text(large));
      session.send(EnginePacket.text("last words"));
      session.close();
      assertThat(socket.text()).isEqualTo("4" + large);
      assertThat(socket.text()).isEqualTo("4last words");
      assertThat(socket.closeStatus()).isEqualTo(1005);
    }
  }

  @Test
  void a_stopping_server_closes_transports() throws IOException {
    try (HttpConnection poll = http();
        WebSocketConnection socket = webSocket()) {
      String sid = open(poll);
      poll.send("GET", POLLING + "&sid=" + sid);
      calm.awaitPoll();
      calm.engine().stop();
      HttpConnection.Answer ended = poll.answer();
      assertThat(ended.status()).as("no close packet: Python would stay away").isEqualTo(503);
      assertThat(ended.header("retry-after")).isEqualTo("2");
      assertThat(socket.closeStatus()).as("no close frame").isEqualTo(-1);
      assertThat(calm.engine().sessionCount()).isZero();
      assertThat(poll.get(POLLING).status()).isEqualTo(503);
    }
  }

  // ---- upgrade

  private WebSocketConnection probed(String sid) throws IOException {
    WebSocketConnection socket = new WebSocketConnection(calm.port(), WEBSOCKET + "&sid=" + sid);
    socket.send("2probe");
    assertThat(socket.text()).isEqualTo("3probe");
    return socket;
  }

  @Test
  void a_probe_releases_the_poll_again_and_again_until_the_upgrade() throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http);
      http.send("GET", POLLING + "&sid=" + sid);
      calm.awaitPoll();
      try (WebSocketConnection socket = probed(sid)) {
        assertThat(http.answer().text()).isEqualTo("6");
        // A poll begun before the probe's answer was read.
        assertThat(http.get(POLLING + "&sid=" + sid).text()).isEqualTo("6");
        assertThat(http.get(POLLING + "&sid=" + sid).text()).isEqualTo("6");
        socket.send("5");
        socket.send("4hello");
        assertThat(socket.text()).isEqualTo("4hello");
      }
    }
  }

  @Test
  void what_was_queued_before_the_upgrade_follows_it_in_order() throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http);
      try (WebSocketConnection socket = probed(sid)) {
        http.post(POLLING + "&sid=" + sid, "4a\u001e4b");
        socket.send("5");
        socket.send("4c");
        assertThat(socket.text()).isEqualTo("4a");
        assertThat(socket.text()).isEqualTo("4b");
        assertThat(socket.text()).isEqualTo("4c");
      }
    }
  }

  @Test
  void polling_is_over_after_the_upgrade() throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http);
      try (WebSocketConnection socket = probed(sid)) {
        socket.send("5");
        eventually("it is upgraded", () -> isWebSocket());
        assertRefused(http.get(POLLING + "&sid=" + sid), 3, "Bad request");
        assertRefused(http.post(POLLING + "&sid=" + sid, "4x"), 3, "Bad request");
        socket.send("4hello");
        assertThat(socket.text()).isEqualTo("4hello");
      }
    }
  }

  private boolean isWebSocket() {
    return calm.engine().sessions().iterator().next().transport() == EngineTransport.WEBSOCKET;
  }

  @Test
  void a_second_websocket_for_a_session_is_closed_and_the_first_stays() throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http);
      try (WebSocketConnection first = probed(sid)) {
        try (WebSocketConnection second =
            new WebSocketConnection(calm.port(), WEBSOCKET + "&sid=" + sid)) {
          second.closeStatus();
        }
        first.send("5");
        first.send("4hello");
        assertThat(first.text()).isEqualTo("4hello");
        try (WebSocketConnection third =
            new WebSocketConnection(calm.port(), WEBSOCKET + "&sid=" + sid)) {
          third.closeStatus();
        }
        first.send("4still here");
        assertThat(first.text()).isEqualTo("4still here");
      }
    }
  }

  @Test
  void a_probe_that_breaks_off_leaves_the_session_to_polling() throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http);
      probed(sid).close();
      try (WebSocketConnection wrong =
          new WebSocketConnection(calm.port(), WEBSOCKET + "&sid=" + sid)) {
        wrong.send("4not a probe");
        assertThat(wrong.closeStatus()).isEqualTo(1005);
      }
      assertThat(http.post(POLLING + "&sid=" + sid, "4hello").status()).isEqualTo(200);
      assertThat(http.get(POLLING + "&sid=" + sid).text()).isEqualTo("4hello");
      try (WebSocketConnection again = probed(sid)) {
        again.send("5");
        again.send("4up");
        assertThat(again.text()).isEqualTo("4up");
      }
    }
  }

  @Test
  void an_upgrade_that_is_not_completed_in_time_is_given_up() throws IOException {
    EngineSettings hasty =
        new EngineSettings.Builder().upgradeTimeout(Duration.ofMillis(700)).build();
    try (EngineEcho server = new EngineEcho(hasty);
        HttpConnection http = new HttpConnection(server.port())) {
      String sid = open(http);
      try (WebSocketConnection socket =
          new WebSocketConnection(server.port(), WEBSOCKET + "&sid=" + sid)) {
        socket.send("2probe");
        assertThat(socket.text()).isEqualTo("3probe");
        assertThat(socket.closeStatus()).isEqualTo(1005);
      }
      http.post(POLLING + "&sid=" + sid, "4hello");
      assertThat(http.get(POLLING + "&sid=" + sid).text()).isEqualTo("4hello");
    }
  }

  @Test
  void a_probing_websocket_is_closed_with_its_session() throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http);
      try (WebSocketConnection socket = probed(sid)) {
        http.post(POLLING + "&sid=" + sid, "1");
        assertThat(socket.closeStatus()).isEqualTo(1005);
      }
    }
  }

  @Test
  void two_hundred_idle_sessions_upgrade_and_none_is_lost() throws Exception {
    CompletableFuture<?>[] all = new CompletableFuture<?>[200];
    for (int i = 0; i < all.length; i++) {
      all[i] = new CompletableFuture<>();
      CompletableFuture<?> done = all[i];
      Thread.ofVirtual()
          .start(() -> {
            try {
              upgradeOne();
              done.complete(null);
            } catch (IOException | AssertionError e) {
              done.completeExceptionally(e);
            }
          });
    }
    CompletableFuture.allOf(all).get(30, java.util.concurrent.TimeUnit.SECONDS);
  }

  /**
   * As the clients do it: the poll is open when the probe goes out, and awaited before the upgrade.
   */
  private void upgradeOne() throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http);
      http.send("GET", POLLING + "&sid=" + sid);
      try (WebSocketConnection socket = probed(sid)) {
        assertThat(http.answer().text()).isEqualTo("6");
        socket.send("5");
        socket.send("4" + sid);
        assertThat(socket.text()).isEqualTo("4" + sid);
      }
    }
  }

  // ---- HTTP around it

  @Test
  void a_connection_is_kept_alive_unless_the_client_wants_otherwise() throws IOException {
    try (HttpConnection http = http()) {
      HttpConnection.Answer kept = http.get(POLLING);
      assertThat(kept.header("Connection")).isEqualTo("keep-alive");
      HttpConnection.Answer last = http.get(POLLING, "Connection: close");
      assertThat(last.header("Connection")).isEqualTo("close");
      assertThat(http.isClosed()).isTrue();
    }
  }

  @Test
  void other_paths_are_passed_on() throws IOException {
    try (HttpConnection http = http()) {
      for (String path :
          new String[] {
            "/", "/socket.io/socket.io.js", "/socket.io/x?EIO=4&transport=polling", "/socket.ioo"
          }) {
        assertThat(http.get(path).status()).as(path).isEqualTo(404);
      }
      assertThat(http.post("/other", "some body").status()).isEqualTo(404);
      assertThat(http.get(POLLING).status()).isEqualTo(200);
    }
  }

  @Test
  void a_request_line_with_a_whole_url_is_understood() throws IOException {
    try (HttpConnection http = http()) {
      assertThat(http.get("http://localhost" + POLLING).status()).isEqualTo(200);
    }
  }

  @Test
  void a_body_may_be_chunked_or_wait_for_a_continue() throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http);
      http.send("POST", POLLING + "&sid=" + sid, "Transfer-Encoding: chunked");
      http.write("3\r\n4he\r\n3\r\nllo\r\n0\r\n\r\n");
      assertThat(http.answer().text()).isEqualTo("ok");
      http.send("POST", POLLING + "&sid=" + sid, "Content-Length: 6", "Expect: 100-continue");
      assertThat(http.answer().status()).isEqualTo(100);
      http.write("4again");
      assertThat(http.answer().text()).isEqualTo("ok");
      assertThat(http.get(POLLING + "&sid=" + sid).text()).isEqualTo("4hello\u001e4again");
    }
  }

  @Test
  void pipelined_requests_are_answered_in_their_order() throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http);
      String session = POLLING + "&sid=" + sid;
      http.write(
          "POST "
              + session
              + " HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n4a"
              + "GET "
              + session
              + " HTTP/1.1\r\nHost: x\r\n\r\n"
              + "POST "
              + session
              + " HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n4b"
              + "GET "
              + session
              + " HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(http.answer().text()).isEqualTo("ok");
      assertThat(http.answer().text()).isEqualTo("4a");
      assertThat(http.answer().text()).isEqualTo("ok");
      assertThat(http.answer().text()).isEqualTo("4b");
    }
  }

  // ---- two connections

  /**
   * On another event loop the goodbye may be read first: the poll got 400 in half of the rounds.
   */
  @Test
  void a_poll_is_not_overtaken_by_the_goodbye_that_was_sent_after_it() throws IOException {
    try (HttpConnection http = http()) {
      for (int round = 0; round < 100; round++) {
        String session = POLLING + "&sid=" + open(http);
        try (HttpConnection poll = http();
            HttpConnection goodbye = http()) {
          poll.send("GET", session);
          assertThat(goodbye.post(session, "1").text()).isEqualTo("ok");
          assertThat(poll.answer().text()).isEqualTo("6");
        }
        assertThat(http.get(session).status()).isEqualTo(400);
      }
    }
    assertThat(calm.engine().sessionCount()).isZero();
  }

  @Test
  void a_poll_that_comes_just_after_the_goodbye_belongs_before_it() throws IOException {
    try (HttpConnection http = http();
        HttpConnection poll = http();
        HttpConnection goodbye = http()) {
      String session = POLLING + "&sid=" + open(http);
      goodbye.write("POST " + session + " HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n1");
      assertThat(goodbye.isSilentFor(50)).isTrue();
      assertThat(poll.get(session).text()).isEqualTo("6");
      assertThat(goodbye.answer().text()).isEqualTo("ok");
    }
    calm.awaitClosed(CloseReason.TRANSPORT_CLOSE);
  }

  @Test
  void who_says_goodbye_and_is_gone_has_left_in_order() throws IOException {
    try (HttpConnection http = http()) {
      String session = POLLING + "&sid=" + open(http);
      try (HttpConnection goodbye = http()) {
        goodbye.write("POST " + session + " HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n1");
        assertThat(goodbye.isSilentFor(50)).isTrue();
      }
    }
    calm.awaitClosed(CloseReason.TRANSPORT_CLOSE);
  }
}
