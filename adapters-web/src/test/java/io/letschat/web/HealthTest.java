package io.letschat.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.web.RunningSite.Answer;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HealthTest {
  private final RunningSite site = new RunningSite();

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void a_program_without_its_database_is_alive_but_not_ready() {
    assertThat(site.get("/healthz").status()).isEqualTo(200);
    Answer ready = site.get("/readyz");
    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.json().at("/checks/database").asBoolean()).isTrue();

    site.database = () -> false;
    Answer notReady = site.get("/readyz");
    assertThat(notReady.status()).isEqualTo(503);
    assertThat(notReady.code()).isEqualTo("not_ready");
    assertThat(notReady.json().at("/checks/database").asBoolean()).isFalse();
    assertThat(site.get("/healthz").status()).isEqualTo(200);
  }

  @Test
  void a_program_that_stops_is_alive_and_says_that_it_is_not_ready_any_more() {
    site.stopping.begin();

    Answer stopping = site.get("/readyz");
    assertThat(stopping.status()).isEqualTo(503);
    assertThat(stopping.code()).isEqualTo("stopping");
    assertThat(stopping.json().at("/checks/database").asBoolean()).isTrue();
    assertThat(site.get("/healthz").status()).isEqualTo(200);
  }

  @Test
  void a_check_that_breaks_is_one_that_fails() {
    site.database =
        () -> {
          throw new IllegalStateException("no route to the database");
        };

    Answer answer = site.get("/readyz");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body()).doesNotContain("no route");
  }

  @Test
  @Timeout(20)
  void a_request_that_has_begun_is_answered_while_the_server_stops() throws Exception {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    site.database =
        () -> {
          begun.countDown();
          try {
            return goOn.await(10, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            return false;
          }
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answer = threads.submit(() -> site.get("/readyz").status());
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      var stopped = threads.submit(site::stopServing);

      assertThat(refusesConnectionsWithin(Duration.ofSeconds(5))).isTrue();
      assertThat(answer.isDone()).isFalse();
      goOn.countDown();

      assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(200);
      stopped.get(30, TimeUnit.SECONDS);
    }
  }

  private boolean refusesConnectionsWithin(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < end) {
      try (var socket = new Socket()) {
        socket.connect(site.address(), 1_000);
      } catch (IOException refused) {
        return true;
      }
    }
    return false;
  }
}
