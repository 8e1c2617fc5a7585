package io.letschat.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.gateway.fixture.FakeUpstream;
import io.letschat.gateway.fixture.GatewayFixture;
import io.letschat.gateway.fixture.SmallLimits;
import io.letschat.gateway.fixture.TestTimeouts;
import io.letschat.netty.testing.NoLeaks;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a client sees when the pages' server is away, dies, refuses early or says nothing. */
@ExtendWith(NoLeaks.class)
class UpstreamTroubleTest {
  @Test
  void without_the_pages_the_client_is_told_so_in_its_own_language_and_may_try_again()
      throws Exception {
    try (var setting = new GatewayFixture(FakeUpstream::echo);
        var client = setting.client()) {
      setting.pages().close();

      var forProgram = client.get("/api/auth/me");
      assertThat(forProgram.status()).isEqualTo(503);
      assertThat(forProgram.header("content-type")).isEqualTo("application/json; charset=utf-8");
      assertThat(forProgram.text()).contains("\"code\":\"unavailable\"").contains("\"message\":");
      assertThat(forProgram.header("retry-after")).isEqualTo("2");

      client.send("GET / HTTP/1.1\r\nHost: a\r\nAccept: text/html,*/*;q=0.8\r\n\r\n");
      var forBrowser = client.answer();
      assertThat(forBrowser.status()).isEqualTo(503);
      assertThat(forBrowser.header("content-type")).isEqualTo("text/html; charset=utf-8");
      assertThat(forBrowser.text()).startsWith("<!doctype html>").doesNotContain("<script");

      assertThat(client.get("/socket.io/").status()).isEqualTo(200);
      assertThat(setting.refusals).containsExactly("unavailable", "unavailable");
    }
  }

  @Test
  void a_body_sent_to_pages_that_are_away_does_not_stand_in_the_way_of_the_answer()
      throws Exception {
    try (var setting = new GatewayFixture(FakeUpstream::echo);
        var client = setting.client()) {
      setting.pages().close();
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n");
      client.send(new byte[1_000_000]);

      assertThat(client.answer().status()).isEqualTo(503);
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void a_stale_connection_to_the_pages_is_replaced_for_a_request_that_may_be_repeated()
      throws Exception {
    var dying = new AtomicInteger();
    FakeUpstream.Behaviour pages =
        call -> dying.getAndDecrement() == 1 ? hangUp(call) : FakeUpstream.echo(call);
    try (var setting = new GatewayFixture(pages);
        var client = setting.client()) {
      assertThat(client.get("/a").status()).isEqualTo(200);
      dying.set(1);

      assertThat(client.get("/b").text()).isEqualTo("get /b");
      assertThat(setting.pages().calls).hasSize(3);
      assertThat(setting.pages().connections).hasValue(2);
    }
  }

  @Test
  void a_request_that_may_not_be_repeated_is_not() throws Exception {
    var dying = new AtomicInteger();
    FakeUpstream.Behaviour pages =
        call -> dying.getAndDecrement() == 1 ? hangUp(call) : FakeUpstream.echo(call);
    for (String request :
        new String[] {
          "POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
          "POST /b HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET /b HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
        }) {
      try (var setting = new GatewayFixture(pages);
          var client = setting.client()) {
        assertThat(client.get("/a").status()).isEqualTo(200);
        dying.set(1);

        assertThat(client.send(request).answer().status()).isEqualTo(503);
        assertThat(setting.pages().calls).hasSize(2);
      }
    }
  }

  @Test
  void a_request_is_repeated_once_only() throws Exception {
    var dying = new AtomicInteger();
    FakeUpstream.Behaviour pages =
        call -> dying.getAndDecrement() > 0 ? hangUp(call) : FakeUpstream.echo(call);
    try (var setting = new GatewayFixture(pages);
        var client = setting.client()) {
      assertThat(client.get("/a").status()).isEqualTo(200);
      dying.set(2);

      assertThat(client.get("/b").status()).isEqualTo(503);
      assertThat(client.get("/c").text()).isEqualTo("get /c");
    }
  }

  @Test
  void connections_that_the_pages_closed_while_idle_are_not_used() throws Exception {
    try (var setting = new GatewayFixture(FakeUpstream::echo);
        var client = setting.client()) {
      assertThat(client.get("/a").status()).isEqualTo(200);
      setting.pages().hangUp();

      client.send("POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
      int status = client.answer().status();

      assertThat(status).isIn(200, 503);
      assertThat(client.get("/c").text()).isEqualTo("get /c");
    }
  }

  @Test
  void an_idle_connection_to_the_pages_is_given_up_after_a_while() throws Exception {
    try (var setting =
            new GatewayFixture(
                FakeUpstream::echo, limits().pooledIdle(Duration.ofMillis(50)).change());
        var client = setting.client()) {
      assertThat(client.get("/a").status()).isEqualTo(200);
      var call = setting.nextCall();

      call.socket().setSoTimeout(5000);
      TestTimeouts.until("closed by the front", () -> call.socket().isClosed());
      assertThat(client.get("/b").status()).isEqualTo(200);
    }
  }

  @Test
  void pages_that_die_within_an_answer_leave_it_visibly_cut() throws Exception {
    FakeUpstream.Behaviour pages =
        call -> {
          call.write(
              call.path().equals("/length")
                  ? "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"
                  : "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
          return false;
        };
    try (var setting = new GatewayFixture(pages)) {
      for (String path : new String[] {"/length", "/chunks"}) {
        try (var client = setting.client()) {
          assertThatThrownBy(() -> client.get(path)).isInstanceOf(EOFException.class);
        }
        try (var old = setting.client()) {
          old.send("GET " + path + " HTTP/1.0\r\n\r\n");
          assertThatThrownBy(old::answer).isInstanceOf(IOException.class);
        }
      }
    }
  }

  @Test
  void pages_that_talk_nonsense_are_unavailable() throws Exception {
    FakeUpstream.Behaviour pages =
        call -> {
          call.write("SMTP ready\r\n\r\n");
          return false;
        };
    try (var setting = new GatewayFixture(pages);
        var client = setting.client()) {
      assertThat(client.get("/").status()).isEqualTo(503);
    }
  }

  @Test
  void pages_that_say_nothing_are_given_up_and_their_connection_with_them() throws Exception {
    var never = new CountDownLatch(1);
    FakeUpstream.Behaviour pages =
        call -> {
          if (call.path().equals("/half")) {
            call.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
          }
          return call.in().read() >= 0 || never.getCount() == 0;
        };
    try (var setting =
        new GatewayFixture(pages, limits().answerWithin(Duration.ofMillis(200)).change())) {
      try (var client = setting.client()) {
        assertThat(client.get("/").status()).isEqualTo(503);
      }
      try (var client = setting.client()) {
        client.send(
            "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
        assertThat(client.answer().status()).isEqualTo(503);
      }
      try (var client = setting.client()) {
        assertThatThrownBy(() -> client.get("/half")).isInstanceOf(EOFException.class);
      }
    }
  }

  @Test
  void an_early_refusal_reaches_a_client_that_is_still_uploading() throws Exception {
    FakeUpstream.Behaviour pages =
        call -> {
          call.in().readNBytes(100_000);
          call.write(
              "HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 3\r\n\r\nbig");
          return false;
        };
    try (var setting = new GatewayFixture(pages)) {
      for (int round = 0; round < 10; round++) {
        try (var client = setting.client()) {
          client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 20000000\r\n\r\n");
          for (int sent = 0; sent < 20_000_000; sent += 500_000) {
            client.send(new byte[500_000]);
          }
          var answer = client.answer();

          assertThat(answer.status()).isEqualTo(413);
          assertThat(answer.text()).isEqualTo("big");
          assertThat(answer.header("connection")).isEqualTo("close");
          assertThat(client.isEnded()).isTrue();
        }
      }
    }
  }

  @Test
  void a_request_whose_client_has_gone_is_called_off() throws Exception {
    var noticed = new CountDownLatch(1);
    FakeUpstream.Behaviour pages =
        call -> {
          try {
            if (call.in().read() < 0) {
              noticed.countDown();
            }
          } catch (IOException reset) {
            noticed.countDown();
          }
          return false;
        };
    try (var setting = new GatewayFixture(pages)) {
      var client = setting.client();
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      setting.nextCall();
      client.close();

      assertThat(noticed.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void an_answer_that_goes_on_is_called_off_as_well() throws Exception {
    FakeUpstream.Behaviour pages =
        call -> {
          call.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          while (true) {
            call.write("1\r\nx\r\n");
          }
        };
    try (var setting = new GatewayFixture(pages)) {
      var client = setting.client();
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      setting.nextCall();
      client.close();

      TestTimeouts.until("the pages see the end", () -> setting.pages().ended.get() == 1);
    }
  }

  @Test
  void an_upload_whose_client_has_gone_is_called_off() throws Exception {
    try (var setting = new GatewayFixture(FakeUpstream::echo)) {
      var client = setting.client();
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n123");
      setting.nextCall();
      client.close();

      TestTimeouts.until("the pages see the end", () -> setting.pages().ended.get() == 1);
    }
  }

  private static boolean hangUp(FakeUpstream.Call call) throws IOException {
    call.socket().close();
    return false;
  }

  private static SmallLimits limits() {
    return new SmallLimits();
  }
}
