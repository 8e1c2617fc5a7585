package io.letschat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.gateway.fixture.FakeUpstream;
import io.letschat.gateway.fixture.GatewayFixture;
import io.letschat.gateway.fixture.RawClient;
import io.letschat.gateway.fixture.TestTimeouts;
import io.letschat.netty.testing.NoLeaks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bodies in both directions: whole, in chunks, announced, held up. */
@ExtendWith(NoLeaks.class)
class RequestBodiesTest {
  @Test
  void a_chunked_body_arrives_as_it_was_sent() throws Exception {
    try (var setting = new GatewayFixture(FakeUpstream::echo);
        var client = setting.client()) {
      client.send(
          "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0A;x=y\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n");

      assertThat(client.answer().text()).isEqualTo("post /aabc0123456789");
      assertThat(setting.nextCall().header("transfer-encoding")).isEqualTo("chunked");
      assertThat(client.get("/b").text()).isEqualTo("get /b");
    }
  }

  @Test
  void random_bytes_survive_the_way_there_and_back() throws Exception {
    var body = new byte[3_000_000];
    new Random(42).nextBytes(body);
    FakeUpstream.Behaviour pages =
        call -> {
          var received = call.body();
          call.write("HTTP/1.1 200 OK\r\nContent-Length: " + received.length + "\r\n\r\n");
          call.out().write(received);
          return true;
        };
    try (var setting = new GatewayFixture(pages);
        var client = setting.client()) {
      for (int round = 0; round < 3; round++) {
        client.send("PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length + "\r\n\r\n");
        client.send(body);

        assertThat(Arrays.equals(client.answer().body(), body)).isTrue();
      }
      assertThat(setting.pages().connections).hasValue(1);
    }
  }

  @Test
  void a_client_that_waits_for_it_is_told_to_continue_by_the_pages() throws Exception {
    try (var setting = new GatewayFixture(FakeUpstream::echo);
        var client = setting.client()) {
      for (int round = 0; round < 2; round++) {
        client.send(
            "POST /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
        assertThat(client.answer().status()).isEqualTo(100);
        client.send("abc");

        var answer = client.answer();
        assertThat(answer.text()).isEqualTo("post /aabc");
        assertThat(answer.header("connection")).isEmpty();
      }
    }
  }

  @Test
  void a_client_that_waits_may_be_refused_without_sending_anything() throws Exception {
    FakeUpstream.Behaviour pages =
        call -> {
          call.write(
              "HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno");
          return false;
        };
    try (var setting = new GatewayFixture(pages);
        var client = setting.client()) {
      client.send(
          "POST /a HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 3\r\n\r\n");

      var answer = client.answer();
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void a_client_that_does_not_wait_after_all_is_served() throws Exception {
    try (var setting = new GatewayFixture(FakeUpstream::echo);
        var client = setting.client()) {
      client.send(
          "POST /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc");

      assertThat(client.answer().status()).isEqualTo(100);
      assertThat(client.answer().text()).isEqualTo("post /aabc");
    }
  }

  @Test
  void an_expectation_without_a_body_is_not_passed_on() throws Exception {
    try (var setting = new GatewayFixture(FakeUpstream::echo);
        var client = setting.client()) {
      client.send("GET /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n");

      assertThat(client.answer().text()).isEqualTo("get /a");
      assertThat(setting.nextCall().all("expect")).isEmpty();
    }
  }

  @Test
  void pages_that_do_not_read_hold_the_client_up() throws Exception {
    var read = new CountDownLatch(1);
    FakeUpstream.Behaviour pages =
        call -> {
          assertThat(read.await(60, TimeUnit.SECONDS)).isTrue();
          return call.ok("" + call.body().length);
        };
    int size = 50_000_000;
    try (var setting = new GatewayFixture(pages);
        var client = setting.client()) {
      client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: " + size + "\r\n\r\n");
      var sent = new AtomicLong();
      var sending = Thread.startVirtualThread(() -> sendAll(client, size, sent));
      setting.nextCall();
      long last = settled(sent);

      assertThat(last).isLessThan(size - 20_000_000);
      read.countDown();
      assertThat(client.answer().text()).isEqualTo("" + size);
      sending.join();
    }
  }

  @Test
  void a_client_that_does_not_read_holds_the_pages_up() throws Exception {
    var written = new AtomicLong();
    long size = 50_000_000;
    FakeUpstream.Behaviour pages =
        call -> {
          call.write("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
          for (long i = 0; i < size; i += 100_000) {
            call.out().write(new byte[100_000]);
            written.addAndGet(100_000);
          }
          return true;
        };
    try (var setting = new GatewayFixture(pages);
        var client = setting.client()) {
      client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
      setting.nextCall();

      assertThat(settled(written)).isLessThan(size - 20_000_000);
      assertThat(client.answer().body()).hasSize((int) size);
    }
  }

  @Test
  void an_answer_is_passed_on_as_it_comes() throws Exception {
    var goOn = new CountDownLatch(1);
    FakeUpstream.Behaviour pages =
        call -> {
          call.write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc");
          assertThat(goOn.await(60, TimeUnit.SECONDS)).isTrue();
          call.write("def");
          return true;
        };
    try (var setting = new GatewayFixture(pages);
        var client = setting.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      var soFar = new StringBuilder();
      while (!soFar.toString().endsWith("abc")) {
        soFar.append((char) client.raw().read());
      }
      goOn.countDown();

      assertThat(new String(client.raw().readNBytes(3), StandardCharsets.US_ASCII))
          .isEqualTo("def");
    }
  }

  private static void sendAll(RawClient client, int size, AtomicLong sent) {
    try {
      for (int i = 0; i < size; i += 100_000) {
        client.send(new byte[100_000]);
        sent.addAndGet(100_000);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The count once it has not moved for 300 ms. */
  private static long settled(AtomicLong count) {
    var last = new AtomicLong(-1);
    var since = new AtomicLong(System.nanoTime());
    TestTimeouts.until(
        "the count stands still",
        () -> {
          long now = count.get();
          if (last.getAndSet(now) != now) {
            since.set(System.nanoTime());
          }
          return System.nanoTime() - since.get() > 300_000_000;
        });
    return last.get();
  }
}
