package io.letschat.messaging.socket;

import io.letschat.application.account.session.AuthenticationQueue;
import io.letschat.messaging.codec.Answer;
import io.letschat.messaging.codec.EventError;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Counts the messages that reach sockets, times the events, and counts what is refused. */
public final class ChatMetrics {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry registry;
  private final Counter delivered;

  public ChatMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.delivered =
        Counter.builder("letschat.messages.delivered")
            .description("Messages handed to sockets as they were sent; one for each socket")
            .register(registry);
  }

  void delivered(long sockets) {
    delivered.increment(sockets);
  }

  /** Gauges of what is open. */
  public void watch(SessionSocketRegistry sockets) {
    Gauge.builder("letschat.sessions", sockets::sessions)
        .description("Sign-ins with open sockets")
        .register(registry);
  }

  /** A gauge of those who wait to be looked up. */
  public void watch(AuthenticationQueue queue) {
    Gauge.builder("letschat.connects.waiting", queue::size)
        .description("Sockets that wait to be authenticated")
        .register(registry);
  }

  /**
   * An event was answered.
   *
   * @param nanos from its receipt until its answer was on its way
   */
  public void served(String event, Answer answer, long nanos) {
    Timer.builder("letschat.event")
        .description("From the receipt of an event until its answer was on its way")
        .tag("event", event)
        .tag("outcome", outcome(answer))
        .serviceLevelObjectives(BUCKETS)
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private static String outcome(Answer answer) {
    return switch (answer) {
      case Answer.Ok ok -> "ok";
      case Answer.Rejected(var eventError) -> eventError.isOurs() ? "failed" : "refused";
    };
  }

  /** A socket wanted to come back. */
  public void comeback(String outcome) {
    Counter.builder("letschat.recoveries")
        .description("Sockets that came back, and why others had to begin anew")
        .tag("outcome", outcome)
        .register(registry)
        .increment();
  }

  public void refused(EventError eventError) {
    refused("event", eventError.code());
  }

  /** Something that came from another server was not done, or not as a whole. */
  public void refusedByRelay(String reason) {
    refused("relay", reason);
  }

  private void refused(String where, String reason) {
    Counter.builder("letschat.refused")
        .tag("where", where)
        .tag("reason", reason)
        .register(registry)
        .increment();
  }
}
