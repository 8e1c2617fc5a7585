package io.letschat.engineio;

import static io.letschat.netty.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.engineio.packet.EnginePacket;
import io.letschat.engineio.session.EngineSession;
import io.letschat.netty.testing.HttpConnection;
import io.letschat.netty.testing.WebSocketConnection;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The Engine.IO protocol, revision 4: messages, heartbeat and close of a session. */
class EngineIo4SessionTest extends EngineIo4Fixture {
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
