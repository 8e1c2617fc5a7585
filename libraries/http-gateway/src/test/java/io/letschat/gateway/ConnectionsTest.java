package io.letschat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.gateway.fixture.FakeUpstream;
import io.letschat.gateway.fixture.GatewayFixture;
import io.letschat.netty.testing.NoLeaks;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of connections: kept, shared by both kinds of requests, pipelined, closed. */
@ExtendWith(NoLeaks.class)
class ConnectionsTest {
  @Test
  void page_and_socket_requests_share_a_kept_connection() throws Exception {
    try (var setting = new GatewayFixture(FakeUpstream::echo);
        var client = setting.client()) {
      assertThat(client.get("/rooms/1?x=y").text()).isEqualTo("get /rooms/1?x=y");
      assertThat(client.get("/socket.io/?EIO=4").text()).isEqualTo("socket /socket.io/?EIO=4");
      assertThat(client.get("/b").text()).isEqualTo("get /b");

      assertThat(setting.pages().calls).hasSize(2);
      assertThat(setting.pages().connections).hasValue(1);
    }
  }

  @Test
  void pipelined_requests_of_both_kinds_are_answered_in_their_order() throws Exception {
    try (var setting = new GatewayFixture(FakeUpstream::echo);
        var client = setting.client()) {
      var all = new StringBuilder();
      for (int i = 0; i < 60; i++) {
        all.append(
            switch (i % 3) {
              case 0 -> "GET /" + i + " HTTP/1.1\r\nHost: a\r\n\r\n";
              case 1 -> "POST /" + i + " HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
              default -> "GET /socket.io/" + i + " HTTP/1.1\r\nHost: a\r\n\r\n";
            });
      }
      client.send(all.toString());

      for (int i = 0; i < 60; i++) {
        assertThat(client.answer().text())
            .isEqualTo(
                switch (i % 3) {
                  case 0 -> "get /" + i;
                  case 1 -> "post /" + i + "abc";
                  default -> "socket /socket.io/" + i;
                });
      }
    }
  }

  @Test
  void a_client_that_asks_for_it_gets_its_connection_closed() throws Exception {
    try (var setting = new GatewayFixture(FakeUpstream::echo);
        var client = setting.client()) {
      client.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

      var answer = client.answer();
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void an_http_1_0_client_is_answered_with_and_without_host() throws Exception {
    try (var setting = new GatewayFixture(FakeUpstream::echo)) {
      try (var client = setting.client()) {
        client.send("GET /a HTTP/1.0\r\n\r\n");
        assertThat(client.answer().text()).isEqualTo("get /a");
        assertThat(client.isEnded()).isTrue();
        assertThat(setting.nextCall().header("host"))
            .isEqualTo("127.0.0.1:" + setting.front().address().getPort());
      }
      try (var client = setting.client()) {
        client.send("GET /a HTTP/1.0\r\nHost: chat.example\r\nConnection: keep-alive\r\n\r\n");
        var answer = client.answer();
        assertThat(answer.header("connection")).isEqualTo("keep-alive");
        assertThat(setting.nextCall().header("host")).isEqualTo("chat.example");
        client.send("GET /b HTTP/1.0\r\n\r\n");
        assertThat(client.answer().text()).isEqualTo("get /b");
      }
    }
  }

  @Test
  void a_chunked_answer_reaches_an_http_1_0_client_without_chunks() throws Exception {
    FakeUpstream.Behaviour pages =
        call -> {
          call.write(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
          return true;
        };
    try (var setting = new GatewayFixture(pages);
        var old = setting.client();
        var modern = setting.client()) {
      var answer = old.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").answer();
      assertThat(answer.header("transfer-encoding")).isEmpty();
      assertThat(answer.text()).isEqualTo("abcde");

      assertThat(modern.get("/").header("transfer-encoding")).isEqualTo("chunked");
      assertThat(modern.get("/").text()).isEqualTo("abcde");
    }
  }

  @Test
  void an_answer_that_ends_with_the_pages_connection_is_chunked_for_the_client() throws Exception {
    FakeUpstream.Behaviour pages =
        call -> {
          call.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabc");
          return false;
        };
    try (var setting = new GatewayFixture(pages);
        var client = setting.client()) {
      assertThat(client.get("/").text()).isEqualTo("abc");
      assertThat(client.get("/").header("transfer-encoding")).isEqualTo("chunked");
    }
  }

  @Test
  void answers_without_a_body_leave_the_connection_in_step() throws Exception {
    FakeUpstream.Behaviour pages =
        call ->
            switch (call.path()) {
              case "/204" -> written(call, "HTTP/1.1 204 No Content\r\n\r\n");
              case "/304" ->
                  written(call, "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n");
              case "/head-chunked" ->
                  written(call, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              default -> FakeUpstream.echo(call);
            };
    try (var setting = new GatewayFixture(pages);
        var client = setting.client()) {
      assertThat(client.get("/204").status()).isEqualTo(204);
      var notModified = client.get("/304");
      assertThat(notModified.status()).isEqualTo(304);
      assertThat(notModified.header("content-length")).isEqualTo("9");
      client.send("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.answer(true).header("content-length")).isEqualTo("7");
      client.send("HEAD /head-chunked HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.answer(true).status()).isEqualTo(200);
      client.send("HEAD /socket.io/ HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.answer(true).header("content-length")).isEqualTo("18");
      assertThat(client.get("/after").text()).isEqualTo("get /after");
      assertThat(setting.pages().connections).hasValue(1);
    }
  }

  @Test
  void a_post_without_a_length_has_no_body() throws Exception {
    try (var setting = new GatewayFixture(FakeUpstream::echo);
        var client = setting.client()) {
      client.send("POST /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.answer().text()).isEqualTo("post /a");
      assertThat(client.answer().text()).isEqualTo("get /b");
    }
  }

  @Test
  void a_stop_lets_the_answer_in_flight_end_and_closes_idle_connections() throws Exception {
    var goOn = new CountDownLatch(1);
    FakeUpstream.Behaviour pages =
        call -> {
          call.write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc");
          assertThat(goOn.await(60, TimeUnit.SECONDS)).isTrue();
          return written(call, "def");
        };
    try (var setting = new GatewayFixture(pages);
        var idle = setting.client();
        var busy = setting.client()) {
      assertThat(idle.get("/socket.io/").status()).isEqualTo(200);
      busy.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      setting.nextCall();
      var closing = CompletableFuture.runAsync(() -> setting.front().close(Duration.ofSeconds(10)));
      assertThat(idle.isEnded()).isTrue();
      assertThat(closing).isNotDone();
      goOn.countDown();

      assertThat(busy.answer().text()).isEqualTo("abcdef");
      assertThat(busy.isEnded()).isTrue();
      closing.get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_stop_waits_no_longer_than_its_grace() throws Exception {
    var never = new CountDownLatch(1);
    try (var setting = new GatewayFixture(call -> never.await(20, TimeUnit.SECONDS));
        var client = setting.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      setting.nextCall();

      setting.front().close(Duration.ofMillis(50));

      assertThat(client.isEnded()).isTrue();
      never.countDown();
    }
  }

  private static boolean written(FakeUpstream.Call call, String text) throws java.io.IOException {
    call.write(text);
    return true;
  }
}
