package io.letschat.persistence.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens when a call has failed: then one call a second tries Redis again and the others fail fast,
 * until one has been answered.
 */
final class RedisCircuitBreaker {
  private static final Logger log = LoggerFactory.getLogger(Redis.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final long CLOSED = Long.MIN_VALUE;

  /** When it may be tried again, by {@link System#nanoTime}; {@link #CLOSED} while it answers. */
  private final AtomicLong tryAgain = new AtomicLong(CLOSED);

  private final LongAdder failures = new LongAdder();

  /** Whether the last call was answered. */
  boolean isClosed() {
    return tryAgain.get() == CLOSED;
  }

  long failures() {
    return failures.sum();
  }

  /**
   * @throws RedisUnavailable for all but one of those who come while it is open
   */
  void admit() {
    long again = tryAgain.get();
    // Of those who find the pause over, one tries; the others are spared the wait.
    if (again != CLOSED
        && (System.nanoTime() - again < 0
            || !tryAgain.compareAndSet(again, System.nanoTime() + PAUSE.toNanos()))) {
      throw new RedisUnavailable("Redis did not answer a moment ago", null);
    }
  }

  void succeeded() {
    if (tryAgain.getAndSet(CLOSED) != CLOSED) {
      log.info("Redis answers again");
    }
  }

  /** Also when it answers with a refusal: it is loading, full, or will not let us in. */
  RedisUnavailable failed(RuntimeException cause) {
    failures.increment();
    if (tryAgain.getAndSet(System.nanoTime() + PAUSE.toNanos()) == CLOSED) {
      log.warn("Redis does not answer: {}", cause.toString());
    }
    return new RedisUnavailable("Redis does not answer", cause);
  }
}
