package io.letschat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.gateway.fixture.FakeUpstream;
import io.letschat.gateway.fixture.GatewayFixture;
import io.letschat.netty.testing.NoLeaks;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrictHttpTest {
  private static final String HOST = "Host: chat.example\r\n";

  private final GatewayFixture setting;

  StrictHttpTest() throws IOException {
    setting = new GatewayFixture(FakeUpstream::echo);
  }

  @AfterAll
  void close() throws IOException {
    setting.close();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        shape(
            "Content-Length with Transfer-Encoding",
            400,
            post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
        shape(
            "Transfer-Encoding with Content-Length",
            400,
            post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n")),
        shape(
            "two lengths that differ",
            400,
            post("Content-Length: 5\r\nContent-Length: 6\r\n", "abcdef")),
        shape(
            "two lengths that agree",
            400,
            post("Content-Length: 5\r\nContent-Length: 5\r\n", "abcde")),
        shape(
            "two lengths in HTTP/1.0",
            400,
            "POST / HTTP/1.0\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"),
        shape("two lengths in one line", 400, post("Content-Length: 5, 5\r\n", "abcde")),
        shape("a length with a sign", 400, post("Content-Length: +5\r\n", "abcde")),
        shape("a negative length", 400, post("Content-Length: -5\r\n", "")),
        shape("a hexadecimal length", 400, post("Content-Length: 0x5\r\n", "abcde")),
        shape("an empty length", 400, post("Content-Length:\r\n", "")),
        shape("a length beyond a long", 400, post("Content-Length: 99999999999999999999\r\n", "")),
        shape("a length with a space in it", 400, post("Content-Length: 5 5\r\n", "abcde")),
        shape("a folded header", 400, get("X-A: b\r\n c\r\n")),
        shape("a folded header by a tab", 400, get("X-A: b\r\n\tTransfer-Encoding: chunked\r\n")),
        shape("a first header that is folded", 400, "GET / HTTP/1.1\r\n " + HOST + "\r\n"),
        shape("a chunk size that is no number", 400, chunked("xyz\r\nabc\r\n0\r\n\r\n")),
        shape("a chunk size with a prefix", 400, chunked("0x3\r\nabc\r\n0\r\n\r\n")),
        shape("a chunk size with a sign", 400, chunked("+3\r\nabc\r\n0\r\n\r\n")),
        shape("a negative chunk size", 400, chunked("-3\r\nabc\r\n0\r\n\r\n")),
        shape("an empty chunk size", 400, chunked("\r\nabc\r\n0\r\n\r\n")),
        shape(
            "a chunk size that is too big", 400, chunked("fffffffffffffffff\r\nabc\r\n0\r\n\r\n")),
        shape("a chunk longer than its size", 400, chunked("3\r\nabcd\r\n0\r\n\r\n")),
        shape("a chunk line that ends in a bare line feed", 400, chunked("3\nabc\r\n0\r\n\r\n")),
        shape("a chunk size with a space before it", 400, chunked(" 3\r\nabc\r\n0\r\n\r\n")),
        shape(
            "an endless chunk line",
            400,
            chunked("3;" + "a".repeat(20_000) + "\r\nabc\r\n0\r\n\r\n")),
        shape(
            "a coding besides chunked",
            400,
            post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")),
        shape("chunked twice", 400, post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n")),
        shape(
            "chunked in two lines",
            400,
            post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
        shape("a coding that is not chunked", 400, post("Transfer-Encoding: identity\r\n", "")),
        shape("a coding like chunked", 400, post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")),
        shape(
            "chunked behind a vertical tab",
            400,
            post("Transfer-Encoding: \u000bchunked\r\n", "0\r\n\r\n")),
        shape(
            "a coding in HTTP/1.0",
            400,
            "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        shape("an absolute URI", 400, "GET http://chat.example/ HTTP/1.1\r\n" + HOST + "\r\n"),
        shape("an authority as the target", 400, "GET chat.example HTTP/1.1\r\n" + HOST + "\r\n"),
        shape("a star with GET", 400, "GET * HTTP/1.1\r\n" + HOST + "\r\n"),
        shape("a fragment", 400, "GET /a#b HTTP/1.1\r\n" + HOST + "\r\n"),
        shape("a target beyond ASCII", 400, "GET /\u00e9 HTTP/1.1\r\n" + HOST + "\r\n"),
        shape("a space in the target", 400, "GET /a b HTTP/1.1\r\n" + HOST + "\r\n"),
        shape("two spaces in the request line", 400, "GET  / HTTP/1.1\r\n" + HOST + "\r\n"),
        shape("a tab in the request line", 400, "GET\t/ HTTP/1.1\r\n" + HOST + "\r\n"),
        shape("a space before the method", 400, " GET / HTTP/1.1\r\n" + HOST + "\r\n"),
        shape("a space after the version", 400, "GET / HTTP/1.1 \r\n" + HOST + "\r\n"),
        shape("a request line without a version", 400, "GET /\r\n" + HOST + "\r\n"),
        shape("NUL in the target", 400, "GET /a\0b HTTP/1.1\r\n" + HOST + "\r\n"),
        shape("NUL in a value", 400, get("X-A: b\0c\r\n")),
        shape("NUL in a name", 400, get("X\0A: b\r\n")),
        shape("an escape in a value", 400, get("X-A: b\u001bc\r\n")),
        shape("a bare carriage return in a value", 400, get("X-A: b\rX-B: c\r\n")),
        shape("a bare line feed after a header", 400, get("X-A: b\nX-B: c\r\n")),
        shape("a space before the colon", 400, get("X-A : b\r\n")),
        shape("a tab before the colon", 400, get("X-A\t: b\r\n")),
        shape("a header without a name", 400, get(": b\r\n")),
        shape("a header without a colon", 400, get("X-A\r\n")),
        shape("a name that is no token", 400, get("X(A): b\r\n")),
        shape("a name beyond ASCII", 400, get("X-\u00e9: b\r\n")),
        shape("no Host", 400, "GET / HTTP/1.1\r\n\r\n"),
        shape("two Hosts", 400, get("Host: other.example\r\n")),
        shape("an empty Host", 400, "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
        shape("a Host with a path", 400, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
        shape("a Host with a user", 400, "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n"),
        shape("a Host with two names", 400, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
        shape("CONNECT", 400, "CONNECT chat.example:80 HTTP/1.1\r\n" + HOST + "\r\n"),
        shape("CONNECT to a path", 400, "CONNECT / HTTP/1.1\r\n" + HOST + "\r\n"),
        shape("TRACE", 400, "TRACE / HTTP/1.1\r\n" + HOST + "\r\n"),
        shape("a method that is no token", 400, "G(T / HTTP/1.1\r\n" + HOST + "\r\n"),
        shape("a method that nobody serves", 405, "PROPFIND / HTTP/1.1\r\n" + HOST + "\r\n"),
        shape("a method in small letters", 405, "get / HTTP/1.1\r\n" + HOST + "\r\n"),
        shape("HTTP/2 without asking", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        shape("HTTP/1.2", 505, "GET / HTTP/1.2\r\n" + HOST + "\r\n"),
        shape("a version that is none", 400, "GET / HTTQ/1.1\r\n" + HOST + "\r\n"),
        shape(
            "TLS on the plain port",
            400,
            "\u0016\u0003\u0001\u0000\u00a5\u0001\u0000\u0000\u00a1\u0003\u0003\r\n\r\n"),
        shape("an unknown expectation", 417, get("Expect: a-miracle\r\n")),
        shape(
            "the keys of an old WebSocket draft",
            400,
            get("Sec-WebSocket-Key1: 1 2\r\nSec-WebSocket-Key2: 1 2\r\n")),
        shape(
            "a request line that is too long",
            414,
            "GET /" + "a".repeat(9000) + " HTTP/1.1\r\n" + HOST + "\r\n"),
        shape("headers that are too large", 431, get("X-A: " + "a".repeat(17_000) + "\r\n")),
        shape("too many headers", 431, get("X-A: b\r\n".repeat(100))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refused(String name, int status, String request) throws IOException {
    try (var client = setting.client()) {
      client.send(request);

      var answer = client.answer();

      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(answer.text()).matches("\\{\"message\":\"[^\"]+\",\"code\":\"[a-z0-9_]+\"}");
      assertThat(client.isEnded()).isTrue();
      assertThat(setting.refusals).isNotEmpty();
    }
  }

  @ParameterizedTest(name = "{0}, in small pieces")
  @MethodSource("refused")
  void refused_in_small_pieces(String name, int status, String request) throws IOException {
    try (var client = setting.client()) {
      for (int i = 0; i < Math.min(request.length(), 300); i += 7) {
        client.send(request.substring(i, Math.min(i + 7, request.length())));
      }
      if (request.length() > 300) {
        client.send(request.substring(301 / 7 * 7));
      }
      assertThat(client.answer().status()).isEqualTo(status);
    }
  }

  static Stream<Arguments> served() {
    return Stream.of(
        shape("an origin form", 200, get("")),
        shape("empty lines before the request", 200, "\r\n\r\n" + get("")),
        shape("as many headers as may be", 200, get("X-A: b\r\n".repeat(99))),
        shape("a Host with a port", 200, "GET / HTTP/1.1\r\nHost: chat.example:4000\r\n\r\n"),
        shape("an IPv6 Host", 200, "GET / HTTP/1.1\r\nHost: [::1]:4000\r\n\r\n"),
        shape("an international value", 200, get("X-A: \u00e9\r\n")),
        shape("an empty value", 200, get("X-A:\r\n")),
        shape("a tab in a value", 200, get("X-A: b\tc\r\n")),
        shape(
            "a capital Chunked",
            200,
            post("Transfer-Encoding: Chunked\r\n", "1\r\na\r\n0\r\n\r\n")),
        shape("a chunk extension", 200, chunked("3;a=b\r\nabc\r\n0\r\n\r\n")),
        shape("trailers", 200, chunked("3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n")),
        shape("a length with leading zeros", 200, post("Content-Length: 003\r\n", "abc")),
        shape(
            "a query with odd characters",
            200,
            "GET /?a={|}`^\\'%zz HTTP/1.1\r\n" + HOST + "\r\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void served(String name, int status, String request) throws IOException {
    try (var client = setting.client()) {
      assertThat(client.send(request).answer().status()).isEqualTo(status);
      assertThat(client.get("/next").text()).isEqualTo("get /next");
    }
  }

  @Test
  void nothing_that_follows_a_refused_request_is_served() throws Exception {
    try (var client = setting.client()) {
      setting.pages().calls.clear();
      client.send(
          post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")
              + get("X-Smuggled: yes\r\n"));

      assertThat(client.answer().status()).isEqualTo(400);
      assertThat(client.isEnded()).isTrue();
      assertThat(setting.pages().calls).isEmpty();
    }
  }

  @Test
  void a_bad_request_waits_for_the_answer_to_the_good_one_before_it() throws Exception {
    try (var client = setting.client()) {
      client.send(get("") + "GET http://other/ HTTP/1.1\r\n" + HOST + "\r\n");

      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(client.answer().status()).isEqualTo(400);
    }
  }

  private static Arguments shape(String name, int status, String request) {
    return Arguments.of(name, status, request);
  }

  /** RFC 9110, 9.3.7: the pages took it for a path, and called it malformed. */
  @Test
  void who_asks_about_the_whole_server_is_told_what_is_served() throws IOException {
    try (var client = setting.client()) {
      for (String body : new String[] {"", "Content-Length: 3\r\n"}) {
        client.send(
            "OPTIONS * HTTP/1.1\r\n" + HOST + body + "\r\n" + (body.isEmpty() ? "" : "abc"));
        var answer = client.answer();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("allow"))
            .isEqualTo("DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
        assertThat(answer.header("content-length")).isEqualTo("0");
        if (body.isEmpty()) {
          assertThat(client.get("/b").text()).isEqualTo("get /b");
        }
      }
    }
    try (var client = setting.client()) {
      client.send("GET * HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(client.answer().status()).isEqualTo(400);
    }
  }

  private static String get(String headers) {
    return "GET / HTTP/1.1\r\n" + HOST + headers + "\r\n";
  }

  private static String post(String headers, String body) {
    return "POST / HTTP/1.1\r\n" + HOST + headers + "\r\n" + body;
  }

  private static String chunked(String body) {
    return post("Transfer-Encoding: chunked\r\n", body);
  }
}
