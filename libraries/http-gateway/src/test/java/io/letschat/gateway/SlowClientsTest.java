package io.letschat.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.gateway.fixture.FakeUpstream;
import io.letschat.gateway.fixture.GatewayFixture;
import io.letschat.gateway.fixture.RawClient;
import io.letschat.gateway.fixture.SmallLimits;
import io.letschat.gateway.fixture.TestTimeouts;
import io.letschat.netty.testing.NoLeaks;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who takes too long is sent away; who is kept waiting by us is not. */
@ExtendWith(NoLeaks.class)
class SlowClientsTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  @Test
  void headers_that_drip_are_given_up() throws Exception {
    try (var setting = setting(new SmallLimits().headersWithin(SHORT).linger(SHORT, SHORT));
        var client = setting.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n");
      var dripping = Thread.startVirtualThread(() -> drip(client, "X-A: b\r\n"));

      assertThat(client.answer().status()).isEqualTo(408);
      assertThat(client.isEnded()).isTrue();
      assertThat(setting.refusals).contains("slow_headers");
      assertThat(dripping.join(Duration.ofSeconds(60))).isTrue();
    }
  }

  @Test
  void empty_lines_that_drip_are_given_up() throws Exception {
    try (var setting = setting(new SmallLimits().headersWithin(SHORT).linger(SHORT, SHORT));
        var client = setting.client()) {
      client.send("\r\n");
      var dripping = Thread.startVirtualThread(() -> drip(client, "\r\n"));

      assertThat(client.answer().status()).isEqualTo(408);
      assertThat(dripping.join(Duration.ofSeconds(60))).isTrue();
    }
  }

  @Test
  void a_body_that_drips_is_given_up_and_the_pages_are_told() throws Exception {
    try (var setting = setting(new SmallLimits().bodyGrace(SHORT).linger(SHORT, SHORT));
        var client = setting.client()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000\r\n\r\n");
      var dripping = Thread.startVirtualThread(() -> drip(client, "b"));

      assertThat(client.answer().status()).isEqualTo(408);
      assertThat(setting.refusals).contains("slow_body");
      TestTimeouts.until("the pages see the end", () -> setting.pages().ended.get() == 1);
      assertThat(dripping.join(Duration.ofSeconds(60))).isTrue();
    }
  }

  @Test
  void a_body_that_stops_after_a_quick_start_is_given_up() throws Exception {
    try (var setting = setting(new SmallLimits().bodyGrace(SHORT));
        var client = setting.client()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000001\r\n\r\n");
      client.send(new byte[1_000_000]);

      assertThat(client.answer().status()).isEqualTo(408);
    }
  }

  @Test
  void a_slow_but_steady_body_is_taken() throws Exception {
    // Far longer than its pauses, so that a busy machine does not make one of them too long.
    try (var setting = setting(new SmallLimits().bodyGrace(SHORT.multipliedBy(5)));
        var client = setting.client()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 20000\r\n\r\n");
      for (int i = 0; i < 20; i++) {
        LockSupport.parkNanos(60_000_000);
        client.send("b".repeat(1000));
      }

      assertThat(client.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void a_client_is_not_blamed_for_the_time_in_which_the_pages_did_not_read() throws Exception {
    FakeUpstream.Behaviour pages =
        call -> {
          LockSupport.parkNanos(SHORT.multipliedBy(4).toNanos());
          return call.ok("" + call.body().length);
        };
    try (var setting =
            new GatewayFixture(
                pages, new SmallLimits().bodyGrace(SHORT).headersWithin(SHORT).change());
        var client = setting.client()) {
      int size = 30_000_000;
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + size + "\r\n\r\n");
      client.send(new byte[size]);

      assertThat(client.answer().text()).isEqualTo("" + size);
      assertThat(setting.refusals).isEmpty();
    }
  }

  @Test
  void a_client_that_waits_to_be_told_to_continue_is_not_slow() throws Exception {
    FakeUpstream.Behaviour pages =
        call -> {
          LockSupport.parkNanos(SHORT.multipliedBy(5).toNanos());
          return FakeUpstream.echo(call);
        };
    try (var setting =
            new GatewayFixture(pages, new SmallLimits().bodyGrace(SHORT.multipliedBy(3)).change());
        var client = setting.client()) {
      client.send(
          "POST /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");

      assertThat(client.answer().status()).isEqualTo(100);
      assertThat(client.send("abc").answer().status()).isEqualTo(200);
    }
  }

  @Test
  void an_idle_connection_is_closed_without_a_word() throws Exception {
    try (var setting = setting(new SmallLimits().idle(SHORT.multipliedBy(4)));
        var fresh = setting.client();
        var used = setting.client()) {
      assertThat(used.get("/a").status()).isEqualTo(200);

      assertThat(fresh.isEnded()).isTrue();
      assertThat(used.isEnded()).isTrue();
      assertThat(setting.refusals).isEmpty();
    }
  }

  @Test
  void an_answer_that_takes_long_is_not_idleness() throws Exception {
    FakeUpstream.Behaviour pages =
        call -> {
          LockSupport.parkNanos(SHORT.multipliedBy(4).toNanos());
          return FakeUpstream.echo(call);
        };
    try (var setting =
            new GatewayFixture(
                pages,
                new SmallLimits()
                    .idle(SHORT.multipliedBy(3))
                    .headersWithin(SHORT.multipliedBy(3))
                    .change());
        var client = setting.client()) {
      client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\n");
      assertThat(client.answer().text()).isEqualTo("get /a");

      assertThat(client.send("Host: a\r\n\r\n").answer().text()).isEqualTo("get /b");
    }
  }

  @Test
  void a_client_that_takes_none_of_the_answer_is_cut_off_and_the_pages_are_told() throws Exception {
    var toldPages = new CountDownLatch(1);
    FakeUpstream.Behaviour pages =
        call -> {
          call.write("HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n");
          try {
            call.out().write(new byte[50_000_000]);
          } catch (IOException gone) {
            toldPages.countDown();
          }
          return false;
        };
    try (var setting = new GatewayFixture(pages, new SmallLimits().unreadWithin(SHORT).change());
        var client = setting.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

      assertThat(toldPages.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(setting.refusals).containsExactly("slow_reader");
      assertThatThrownBy(client::answer).isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_refused_client_that_goes_on_sending_is_not_listened_to_for_ever() throws Exception {
    try (var setting = setting(new SmallLimits().linger(Duration.ofSeconds(5), SHORT));
        var client = setting.client()) {
      client.send("GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(400);

      var dripping = Thread.startVirtualThread(() -> drip(client, "more"));
      assertThat(dripping.join(Duration.ofSeconds(60))).isTrue();
    }
  }

  private static GatewayFixture setting(SmallLimits smallLimits) throws IOException {
    return new GatewayFixture(FakeUpstream::echo, smallLimits.change());
  }

  /** Sends a little every now and then until the server has had enough. */
  private static void drip(RawClient client, String drop) {
    try {
      for (int i = 0; i < 500; i++) {
        client.send(drop);
        LockSupport.parkNanos(20_000_000);
      }
    } catch (IOException stopped) {
      // as it should be
    }
  }
}
