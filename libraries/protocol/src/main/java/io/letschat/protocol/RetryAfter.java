package io.letschat.protocol;

import java.time.Duration;

/** What a header {@code Retry-After} says (RFC 9110, section 10.2.3), and errors of sockets too. */
public final class RetryAfter {
  /** For what does not work at the moment, and probably will soon. */
  public static final Duration WHEN_UNAVAILABLE = Duration.ofSeconds(2);

  private RetryAfter() {}

  /** Whole seconds, rounded up, at least one: who comes back then is not too early. */
  public static long seconds(Duration wait) {
    return Math.max(1, wait.plusNanos(999_999_999).toSeconds());
  }
}
