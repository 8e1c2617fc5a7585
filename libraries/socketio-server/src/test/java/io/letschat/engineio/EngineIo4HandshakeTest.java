package io.letschat.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.netty.testing.HttpConnection;
import io.letschat.netty.testing.WebSocketConnection;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The Engine.IO protocol, revision 4: the handshake, what is rejected, and the HTTP around it. */
class EngineIo4HandshakeTest extends EngineIo4Fixture {
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
}
