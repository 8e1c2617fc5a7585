package io.letschat.application.limit;

import io.letschat.domain.limit.Limit;
import java.time.Duration;

/**
 * Counts. A span begins with the first use after the one before has ended. When the counters cannot
 * be reached the answer is the one that {@link Limit#failing()} names.
 */
public interface RateLimiter {
  /** Uses the limit once, in the name of {@code key}, if that is still allowed. */
  Verdict take(Limit limit, String key);

  /** Undoes one {@link #take}: for limits that count only failures. */
  void giveBack(Limit limit, String key);

  /** Whether there was room. */
  sealed interface Verdict {}

  record Allowed() implements Verdict {}

  /** Too often. {@code retryAfter} is when the span ends; always positive. */
  record Exceeded(Duration retryAfter) implements Verdict {}
}
