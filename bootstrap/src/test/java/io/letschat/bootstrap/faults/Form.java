package io.letschat.bootstrap.faults;

import java.time.Duration;
import java.util.List;

/** How much of it: {@code -Dfaults=full} is all, without it everything is smaller and shorter. */
final class Form {
  private static final boolean FULL = "full".equals(System.getProperty("faults"));

  private Form() {}

  static int of(int small, int full) {
    return FULL ? full : small;
  }

  static Duration seconds(int small, int full) {
    return Duration.ofSeconds(of(small, full));
  }

  static int senders() {
    return of(6, 16);
  }

  static int listeners() {
    return of(12, 48);
  }

  static List<Integer> percentsLost() {
    return FULL ? List.of(1, 10, 25, 50, 100) : List.of(25);
  }
}
