package io.letschat.messaging.mail;

import java.time.Duration;
import java.util.List;

/**
 * How long to wait before each try after the first.
 *
 * @param atOnce while somebody may be waiting for the answer
 * @param later when nobody does; in all they end before the code does
 */
record RetrySchedule(List<Duration> atOnce, List<Duration> later) {
  RetrySchedule {
    atOnce = List.copyOf(atOnce);
    later = List.copyOf(later);
  }

  static RetrySchedule usual() {
    return new RetrySchedule(
        List.of(Duration.ofMillis(400), Duration.ofMillis(1200)),
        List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(2)));
  }
}
