package io.letschat.bootstrap.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.StoreUnavailable;
import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.wiring.VirtualScheduler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class ErrorCounterTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ErrorCounter counter = new ErrorCounter(registry);

  @BeforeEach
  void listen() {
    Logging.add(counter);
  }

  @AfterEach
  void listenNoMore() {
    Logging.remove(counter);
    MDC.clear();
  }

  @Test
  void an_error_is_counted_by_who_tells_it() {
    error("io.letschat.web.page.Errors");
    error("io.letschat.gateway.http.RequestValidationHandler");
    error("io.letschat.socketio.connection.SerialExecutor");
    error("io.letschat.messaging.event.EventRouter");
    error("io.letschat.messaging.relay.Subscription");
    error("io.letschat.bootstrap.logging.Logging");

    assertThat(counts()).containsExactly(2.0, 2.0, 1.0, 1.0);
  }

  @Test
  void what_is_done_for_all_of_them_is_counted_by_whom_it_was_done_for() {
    String disk = "io.letschat.persistence.media.disk.DiskFiles";
    error(disk);
    MDC.put("socket_id", "1");
    error(disk);
    MDC.put("request_id", "1");
    error(disk);

    assertThat(counts()).containsExactly(1.0, 1.0, 0.0, 1.0);
  }

  @Test
  void a_warning_is_no_error() {
    LoggerFactory.getLogger("io.letschat.web.page.Errors").warn("the database is away");

    assertThat(counts()).containsExactly(0.0, 0.0, 0.0, 0.0);
  }

  @Test
  void what_was_put_off_knows_who_did_and_fails_in_the_background() {
    List<String> seen = new CopyOnWriteArrayList<>();
    try (var scheduler = new VirtualScheduler()) {
      MDC.put("room_id", "7");
      scheduler.after(
          Duration.ofMillis(1),
          () -> {
            seen.add(MDC.get("room_id"));
            throw new IllegalStateException("a defect");
          });
      MDC.clear();
      scheduler.after(
          Duration.ZERO,
          () -> {
            seen.add(String.valueOf(MDC.get("room_id")));
            throw new StoreUnavailable("PostgreSQL", new SQLException("it is being shut down"));
          });

      AwaitInProgram.until(
          () -> counts().getLast() == 1 && seen.size() == 2, () -> counts() + " " + seen);
    }
    assertThat(seen).containsExactlyInAnyOrder("7", "null");
    assertThat(counts()).containsExactly(0.0, 0.0, 0.0, 1.0);
  }

  private static void error(String logger) {
    LoggerFactory.getLogger(logger).error("an error of this test");
  }

  /** Of http, socket, relay and background. */
  private List<Double> counts() {
    return List.of("http", "socket", "relay", "background").stream()
        .map(where -> registry.get("letschat.errors").tag("where", where).counter().count())
        .toList();
  }
}
