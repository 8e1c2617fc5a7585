package io.letschat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.gateway.fixture.FakeUpstream;
import io.letschat.gateway.fixture.GatewayFixture;
import io.letschat.netty.testing.NoLeaks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a client writes, the front and the pages' server agree on where a request ends: the
 * pages never see the request that is hidden in a body.
 */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmugglingTest {
  private static final String HIDDEN = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n";

  private final GatewayFixture setting;

  SmugglingTest() throws IOException {
    setting = new GatewayFixture(FakeUpstream::echo);
  }

  @AfterAll
  void close() throws IOException {
    setting.close();
  }

  static Stream<String> codings() {
    return Stream.of(
        "Transfer-Encoding: chunked",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding\t: chunked",
        "Transfer-Encoding:chunked",
        "Transfer-Encoding:\tchunked",
        "Transfer-Encoding: \tchunked\t ",
        "Transfer-Encoding:\u000bchunked",
        "Transfer-Encoding: chunked\u000b",
        "Transfer-Encoding: \u00a0chunked",
        "Transfer-Encoding: chunked\0",
        "Transfer-Encoding: \"chunked\"",
        "Transfer-Encoding: 'chunked'",
        "Transfer-Encoding: chunked;q=1",
        "Transfer-Encoding: chunked,",
        "Transfer-Encoding: ,chunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: identity, chunked",
        "Transfer-Encoding: identity",
        "Transfer-Encoding: cow",
        "Transfer-Encoding:",
        "Transfer-Encoding: \r\n chunked",
        "Transfer-Encoding:\r\n\tchunked",
        "Transfer-Encoding\r\n : chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
        "transfer-encoding: CHUNKED",
        "Transfer_Encoding: chunked",
        "Transfer-Encoding\0: chunked",
        "\0Transfer-Encoding: chunked",
        " Transfer-Encoding: chunked",
        "X: y\nTransfer-Encoding: chunked",
        "X: y\rTransfer-Encoding: chunked",
        "X: y\n\rTransfer-Encoding: chunked",
        "X: y\r\n\r\nTransfer-Encoding: chunked".replace("\r\n\r\n", "\r\r\n"),
        "Connection: transfer-encoding\r\nTransfer-Encoding: chunked",
        "Connection: content-length",
        "Connection: host, content-length",
        "Upgrade: websocket\r\nConnection: upgrade",
        "Upgrade: h2c\r\nConnection: upgrade, http2-settings\r\nHTTP2-Settings: AAMAAABk",
        "Expect: 100-continue",
        "Content_Length: 0",
        "Content-Length : 0",
        "Content-Length: 0",
        "X-Content-Length: 0",
        "Content-Encoding: chunked",
        "TE: chunked");
  }

  @ParameterizedTest
  @MethodSource("codings")
  void a_request_in_a_body_of_a_stated_length_stays_hidden(String line) throws IOException {
    var body = "0\r\n\r\n" + HIDDEN;
    agree(
        "POST /seen HTTP/1.1\r\nHost: a\r\nContent-Length: "
            + body.length()
            + "\r\n"
            + line
            + "\r\n\r\n"
            + body);
    agree(
        "POST /seen HTTP/1.1\r\nHost: a\r\n"
            + line
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
    agree(
        "GET /seen HTTP/1.1\r\nHost: a\r\n"
            + line
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  static Stream<String> chunkBodies() {
    return Stream.of(
        "%s\r\n%s\r\n0\r\n\r\n",
        "%s;a=b\r\n%s\r\n0\r\n\r\n",
        "%s;a=\"\r\n\"\r\n%s\r\n0\r\n\r\n",
        "%s \r\n%s\r\n0\r\n\r\n",
        "%s\n%s\r\n0\r\n\r\n",
        "%s\r\n%s0\r\n\r\n",
        "%s\r\n%s\n0\r\n\r\n",
        "%s\r\n%s\r\n0\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        "%s\r\n%s\r\n0\r\nX: y\r\n folded\r\n\r\n",
        "%s\r\n%s\r\n0\n\n",
        "%s\r\n%s\r\n00000000000000000\r\n\r\n",
        "0%s\r\n%s\r\n0\r\n\r\n",
        "0x%s\r\n%s\r\n0\r\n\r\n",
        "%s\r\r\n%s\r\n0\r\n\r\n");
  }

  @ParameterizedTest
  @MethodSource("chunkBodies")
  void a_request_in_a_chunk_stays_hidden(String shape) throws IOException {
    var body = shape.formatted(Integer.toHexString(HIDDEN.length()), HIDDEN);
    agree("POST /seen HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
  }

  static IntStream seeds() {
    return IntStream.range(0, 150);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_request_put_together_at_random_is_answered_or_the_connection_ended(int seed)
      throws IOException {
    var random = new Random(seed);
    var body = random.nextBoolean() ? HIDDEN : "3\r\nabc\r\n0\r\n\r\n" + HIDDEN;
    var lines = codings().toList();
    var head = new StringBuilder("POST /seen HTTP/1.1\r\n");
    for (int i = random.nextInt(4); i >= 0; i--) {
      head.append(lines.get(random.nextInt(lines.size()))).append("\r\n");
    }
    head.insert(head.indexOf("\n") + 1, random.nextInt(8) == 0 ? "" : "Host: a\r\n");
    if (random.nextBoolean()) {
      head.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    var request = new StringBuilder(head).append("\r\n").append(body);
    for (int i = random.nextInt(3); i > 0; i--) {
      request.setCharAt(random.nextInt(head.length()), (char) random.nextInt(256));
    }
    survives(request.toString(), random);
  }

  /** All that the pages see of the request is itself, and of its body as much as it states. */
  private void agree(String request) throws IOException {
    setting.pages().calls.clear();
    try (var client = setting.client()) {
      client.send(request);
      int status = client.answer().status();
      if (status == 100) {
        status = client.answer().status();
      }
      assertThat(status).isIn(200, 400, 404);
      if (status == 200) {
        client.send("GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertThat(client.answer().text()).isEqualTo("get /last");
      }
      assertThat(client.isEnded()).isTrue();
    }
    assertThat(paths()).doesNotContain("/hidden");
  }

  /** In pieces; the hidden request may be a pipelined one here, but nothing hangs or breaks. */
  private void survives(String request, Random random) throws IOException {
    try (var client = setting.client()) {
      int at = 0;
      while (at < request.length()) {
        int end = Math.min(request.length(), at + 1 + random.nextInt(40));
        client.send(request.substring(at, end));
        at = end;
      }
      client.endOutput();
      client.raw().readAllBytes();
    } catch (IOException ended) {
      // as good an end as any
    }
    try (var client = setting.client()) {
      assertThat(client.get("/alive").text()).isEqualTo("get /alive");
    }
    assertThat(setting.pages().calls)
        .allMatch(call -> call.header("x-letschat-front").equals(GatewayFixture.SECRET));
    setting.pages().calls.clear();
  }

  private List<String> paths() {
    List<String> paths = new ArrayList<>();
    setting.pages().calls.forEach(call -> paths.add(call.path()));
    return paths;
  }
}
