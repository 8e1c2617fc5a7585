package io.letschat.engineio;

import static io.letschat.netty.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.engineio.packet.EnginePacket;
import io.letschat.engineio.session.EngineSession;
import io.letschat.netty.testing.HttpConnection;
import io.letschat.netty.testing.NoLeaks;
import io.letschat.netty.testing.WebSocketConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the engine refuses, and that it counts it. */
@ExtendWith(NoLeaks.class)
class EngineLimitsTest {
  private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
  private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

  private final Map<RejectReason, Integer> refused = new ConcurrentHashMap<>();
  private final EngineEcho echo =
      new EngineEcho(
          new EngineSettings.Builder()
              .maxPayload(1_000)
              .maxPacketsPerPayload(3)
              .maxFragments(3)
              .maxQueryChars(200)
              .maxSessionsPerAddress(3)
              .maxOutboundBytes(100_000)
              .bodyTimeout(Duration.ofMillis(700))
              .allowedOrigins("https://friend.example"::equals)
              .rejections(reason -> refused.merge(reason, 1, Integer::sum))
              .clientAddress((channel, request) ->
                  new InetSocketAddress(
                      address(request.headers().get("X-Test-Address", "10.0.0.1")), 1))
              .build());

  private final AtomicInteger received = new AtomicInteger();

  private static InetAddress address(String literal) {
    return InetAddress.ofLiteral(literal);
  }

  @AfterEach
  void stop() {
    echo.close();
  }

  private HttpConnection http() throws IOException {
    return new HttpConnection(echo.port());
  }

  private static String open(HttpConnection http, String... headers) throws IOException {
    HttpConnection.Answer answer = http.get(POLLING, headers);
    assertThat(answer.status()).isEqualTo(200);
    return POLLING + "&sid=" + answer.text().split("\"")[3];
  }

  private void assertCounted(RejectReason reason) {
    eventually(reason + " is counted", () -> refused.getOrDefault(reason, 0) > 0);
  }

  @Test
  void the_defaults_are_those_of_the_house() {
    EngineSettings defaults = EngineSettings.defaults();
    assertThat(defaults.path()).isEqualTo("/socket.io/");
    assertThat(defaults.pingInterval()).isEqualTo(Duration.ofSeconds(25));
    assertThat(defaults.pingTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(defaults.upgradeTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(defaults.maxPayload()).isEqualTo(1_000_000);
    assertThat(defaults.maxSessionsPerAddress()).isEqualTo(10_000);
    assertThat(defaults.maxOutboundBytes()).isEqualTo(1024 * 1024);
    assertThat(defaults.allowVersion3()).isTrue();
    assertThat(defaults.allowedOrigins().test("https://anywhere.example")).isFalse();
    assertThat(defaults.toBuilder().build()).isEqualTo(defaults);
  }

  // ---- sizes

  @Test
  void a_body_that_says_it_is_too_large_is_refused_before_it_comes() throws IOException {
    try (HttpConnection http = http()) {
      String session = open(http);
      http.send("POST", session, "Content-Length: 1001", "Expect: 100-continue");
      assertThat(http.answer().status()).isEqualTo(413);
    }
    assertCounted(EngineRejectReason.PAYLOAD_TOO_LARGE);
  }

  @Test
  void a_body_that_turns_out_too_large_is_refused_and_the_session_stays() throws IOException {
    try (HttpConnection http = http();
        HttpConnection other = http()) {
      String session = open(http);
      http.send("POST", session, "Transfer-Encoding: chunked");
      http.write("3e8\r\n" + "4".repeat(1_000) + "\r\n");
      http.write("1\r\nx\r\n");
      HttpConnection.Answer answer = http.answer();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.header("Connection")).isEqualTo("close");
      http.write("0\r\n\r\n");
      assertThat(http.isClosed()).isTrue();
      other.post(session, "4" + "x".repeat(999));
      assertThat(other.get(session).text()).isEqualTo("4" + "x".repeat(999));
    }
  }

  @Test
  void a_refused_body_is_read_to_its_end_so_that_the_answer_arrives() throws IOException {
    try (HttpConnection http = http()) {
      String session = open(http);
      assertThat(http.post(session, "4" + "x".repeat(3_000_000)).status()).isEqualTo(413);
    }
  }

  @Test
  void a_body_that_never_comes_is_not_waited_for() throws IOException {
    try (HttpConnection http = http()) {
      String session = open(http);
      http.send("POST", session, "Content-Length: 100");
      http.write("4");
      assertThat(http.answer().status()).isEqualTo(408);
      assertThat(http.isClosed()).isTrue();
    }
    assertCounted(EngineRejectReason.BODY_TIMEOUT);
  }

  @Test
  void a_websocket_message_too_large_closes_it() throws IOException {
    try (WebSocketConnection socket = new WebSocketConnection(echo.port(), WEBSOCKET)) {
      socket.text();
      socket.send("4" + "x".repeat(999));
      assertThat(socket.text()).hasSize(1_000);
      socket.send("4" + "x".repeat(1_000));
      assertThat(socket.closeStatus()).isEqualTo(1009);
    }
    echo.awaitClosed(CloseReason.TRANSPORT_ERROR);
  }

  @Test
  void fragments_are_counted_and_weighed_together() throws IOException {
    try (WebSocketConnection heavy = new WebSocketConnection(echo.port(), WEBSOCKET);
        WebSocketConnection many = new WebSocketConnection(echo.port(), WEBSOCKET)) {
      heavy.sendFrame(WebSocketConnection.TEXT, new byte[600]);
      heavy.sendFrame(WebSocketConnection.CONTINUATION, new byte[600]);
      assertThat(heavy.closeStatus()).isEqualTo(1009);
      many.sendFrame(WebSocketConnection.TEXT, "4".getBytes());
      for (int i = 0; i < 3; i++) {
        many.sendFrame(WebSocketConnection.CONTINUATION, new byte[0]);
      }
      assertThat(many.closeStatus()).isEqualTo(1009);
    }
    assertCounted(EngineRejectReason.PAYLOAD_TOO_LARGE);
  }

  @Test
  void too_many_packets_in_one_payload_end_the_session() throws IOException {
    try (HttpConnection http = http()) {
      String session = open(http);
      assertThat(http.post(session, "4\u001e4\u001e4").status()).isEqualTo(200);
      assertThat(http.post(session, "4\u001e4\u001e4\u001e4").status()).isEqualTo(400);
      assertThat(http.get(session).text()).contains("Session ID unknown");
    }
    assertCounted(EngineRejectReason.TOO_MANY_PACKETS);
  }

  @Test
  void a_query_too_long_is_refused() throws IOException {
    try (HttpConnection http = http()) {
      assertThat(http.get(POLLING + "&t=" + "x".repeat(200)).status()).isEqualTo(414);
    }
    assertCounted(EngineRejectReason.QUERY_TOO_LONG);
  }

  // ---- sessions per address

  @Test
  void a_server_that_opens_no_more_refuses_the_new_and_serves_the_old() throws IOException {
    try (HttpConnection http = http()) {
      String session = open(http);
      echo.engine().stopAccepting();
      assertThat(http.get(POLLING).status()).isEqualTo(503);
      assertThatThrownBy(() -> new WebSocketConnection(echo.port(), WEBSOCKET))
          .hasMessage("refused with 503");
      assertThat(http.post(session, "4still here").status()).isEqualTo(200);
      assertThat(http.get(session).text()).isEqualTo("4still here");
    }
    assertCounted(EngineRejectReason.STOPPING);
  }

  @Test
  void an_address_has_so_many_sessions_and_no_more() throws IOException {
    try (HttpConnection http = http()) {
      for (int i = 0; i < 3; i++) {
        open(http);
      }
      assertThat(http.get(POLLING).status()).isEqualTo(429);
      assertThatThrownBy(() -> new WebSocketConnection(echo.port(), WEBSOCKET))
          .hasMessage("refused with 429");
      open(http, "X-Test-Address: 10.0.0.2");
      echo.engine().sessions().stream()
          .filter(s -> s.handshake().client().getHostString().equals("10.0.0.1"))
          .findFirst()
          .orElseThrow()
          .end(CloseReason.FORCED_CLOSE);
      open(http);
    }
    assertCounted(EngineRejectReason.TOO_MANY_SESSIONS);
    assertThat(echo.engine().sessionCount()).isEqualTo(4);
    echo.engine().stop();
    assertThat(echo.engine().sessionCount()).isZero();
    assertThat(echo.engine().addressCount()).isZero();
  }

  @Test
  void an_ipv6_network_counts_as_one_address() throws IOException {
    try (HttpConnection http = http()) {
      for (int i = 0; i < 3; i++) {
        open(http, "X-Test-Address: 2001:db8:0:1::" + i);
      }
      assertThat(http.get(POLLING, "X-Test-Address: 2001:db8:0:1:ffff::1").status()).isEqualTo(429);
      open(http, "X-Test-Address: 2001:db8:0:2::1");
    }
  }

  // ---- slow clients

  @Test
  void a_poller_that_does_not_poll_is_closed_as_slow() throws IOException {
    try (HttpConnection http = http()) {
      String session = open(http);
      EngineSession slow = echo.engine().sessions().iterator().next();
      for (int i = 0; i < 102; i++) {
        slow.send(EnginePacket.text("x".repeat(1_000)));
      }
      echo.awaitClosed(CloseReason.SLOW_CLIENT);
      assertThat(http.get(session).text()).contains("Session ID unknown");
    }
    assertCounted(EngineRejectReason.SLOW_CLIENT);
  }

  @Test
  void a_reader_that_stops_reading_is_closed_as_slow_and_the_others_do_not_notice()
      throws Exception {
    try (WebSocketConnection stuck = new WebSocketConnection(echo.port(), WEBSOCKET);
        WebSocketConnection reading = new WebSocketConnection(echo.port(), WEBSOCKET)) {
      stuck.text();
      reading.text();
      int messages = 1_000;
      Thread sender =
          Thread.ofVirtual()
              .start(() -> {
                for (int i = 0; i < messages; i++) {
                  EnginePacket packet = EnginePacket.text(i + "x".repeat(20_000));
                  for (EngineSession session : echo.engine().sessions()) {
                    session.send(packet.retain());
                  }
                  packet.release();
                  // As fast as the reader reads, which is what a chat's acks amount to.
                  while (i - received.get() > 3 && !Thread.interrupted()) {
                    Thread.yield();
                  }
                }
              });
      for (int i = 0; i < messages; i++) {
        assertThat(reading.message()).startsWith("4" + i + "x");
        received.set(i);
      }
      sender.join();
      echo.awaitClosed(CloseReason.SLOW_CLIENT);
      assertThat(echo.engine().sessionCount()).isEqualTo(1);
    }
  }

  @Test
  void a_burst_that_is_faster_than_the_event_loop_makes_nobody_look_slow() throws Exception {
    EngineSettings settings = new EngineSettings.Builder().maxOutboundBytes(500_000).build();
    try (EngineEcho server = new EngineEcho(settings);
        WebSocketConnection socket = new WebSocketConnection(server.port(), WEBSOCKET)) {
      socket.text();
      EngineSession session = server.engine().sessions().iterator().next();
      Thread reader =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  for (int i = 0; i < 2_000; i++) {
                    socket.message();
                  }
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      for (int i = 0; i < 2_000; i++) {
        session.send(EnginePacket.text("x".repeat(200)));
        session.sender().awaitCapacity();
      }
      reader.join();
      assertThat(session.isOpen()).isTrue();
    }
  }

  // ---- origins

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // Sec-Fetch-Site, Origin, status
        "-, -, 200",
        "-, http://localhost, 200",
        "-, https://localhost, 200",
        "-, http://localhost:80, 200",
        "-, http://localhost:81, 403",
        "-, https://friend.example, 200",
        "-, https://foe.example, 403",
        "-, null, 403",
        "-, http://localhost.foe.example, 403",
        "same-origin, http://localhost, 200",
        "none, -, 200",
        "same-site, http://sub.localhost, 200",
        "cross-site, -, 403",
        "cross-site, http://localhost, 403",
        "cross-site, https://foe.example, 403",
        "cross-site, https://friend.example, 200",
      })
  void pages_of_other_sites_are_refused_unless_they_are_friends(
      String site, String origin, int status) throws IOException {
    String first = site == null ? "X-None: 1" : "Sec-Fetch-Site: " + site;
    String second = origin == null ? "X-None: 2" : "Origin: " + origin;
    try (HttpConnection http = http()) {
      HttpConnection.Answer answer = http.get(POLLING, first, second);
      assertThat(answer.status()).isEqualTo(status);
      if (status == 403) {
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.text()).contains("\"code\":\"foreign_origin\"");
        assertCounted(EngineRejectReason.FOREIGN_ORIGIN);
      }
    }
    if (status == 403) {
      assertThatThrownBy(() -> new WebSocketConnection(echo.port(), WEBSOCKET, first, second))
          .hasMessage("refused with 403");
    } else {
      new WebSocketConnection(echo.port(), WEBSOCKET, first, second).close();
    }
  }

  @Test
  void a_session_of_ours_is_not_for_other_sites_pages() throws IOException {
    try (HttpConnection http = http()) {
      String session = open(http);
      assertThat(http.post(session, "4x", "Origin: https://foe.example").status()).isEqualTo(403);
      assertThat(http.get(session, "Sec-Fetch-Site: cross-site").status()).isEqualTo(403);
      assertThat(http.post(session, "4y").status()).isEqualTo(200);
      assertThat(http.get(session).text()).isEqualTo("4y");
    }
  }

  @Test
  void friends_get_the_headers_that_their_browser_wants() throws IOException {
    try (HttpConnection http = http()) {
      HttpConnection.Answer answer = http.get(POLLING, "Origin: https://friend.example");
      assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://friend.example");
      assertThat(answer.header("Access-Control-Allow-Credentials")).isEqualTo("true");
      assertThat(answer.header("Vary")).isEqualToIgnoringCase("origin");
      http.send(
          "OPTIONS",
          POLLING,
          "Origin: https://friend.example",
          "Access-Control-Request-Method: POST",
          "Access-Control-Request-Headers: authorization,content-type");
      HttpConnection.Answer preflight = http.answer();
      assertThat(preflight.status()).isEqualTo(204);
      assertThat(preflight.header("Access-Control-Allow-Methods")).isEqualTo("GET, POST");
      assertThat(preflight.header("Access-Control-Allow-Headers"))
          .isEqualTo("authorization,content-type");
      assertThat(http.get(POLLING).header("Access-Control-Allow-Origin")).isEmpty();
    }
  }
}
