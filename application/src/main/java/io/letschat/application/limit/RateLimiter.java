package io.letschat.application.limit;

import io.letschat.application.StoreUnavailable;
import io.letschat.domain.limit.Limit;
import java.time.Duration;

/**
 * Counts. A span begins with the first use after the one before has ended. When the counters cannot
 * be reached {@link Limit#failing()} says what happens: an open limit lets everybody through, a
 * closed one throws {@link StoreUnavailable}, since nobody has done anything too often.
 */
public interface RateLimiter {
  /**
   * Uses the limit once, in the name of {@code key}, if that is still allowed.
   *
   * @throws StoreUnavailable if nobody can count, and the limit fails closed
   */
  Verdict take(Limit limit, String key);

  /**
   * Undoes one {@link #take}: for limits that count only failures. Where nobody can count, one use
   * too many stays counted.
   */
  void giveBack(Limit limit, String key);

  /** Whether there was room. */
  sealed interface Verdict {}

  record Allowed() implements Verdict {}

  /** Too often. {@code retryAfter} is when the span ends; always positive. */
  record Exceeded(Duration retryAfter) implements Verdict {}
}
