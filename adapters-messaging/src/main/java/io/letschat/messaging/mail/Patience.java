package io.letschat.messaging.mail;

import java.time.Duration;
import java.util.List;

/**
 * How long to wait before each try after the first.
 *
 * @param atOnce while somebody may be waiting for the answer
 * @param later when nobody does; in all they end before the code does
 */
record Patience(List<Duration> atOnce, List<Duration> later) {
  Patience {
    atOnce = List.copyOf(atOnce);
    later = List.copyOf(later);
  }

  static Patience usual() {
    return new Patience(
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
