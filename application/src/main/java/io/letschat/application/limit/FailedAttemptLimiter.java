package io.letschat.application.limit;

import io.letschat.application.limit.RateLimiter.Allowed;
import io.letschat.application.limit.RateLimiter.Exceeded;
import io.letschat.application.limit.RateLimiter.Verdict;
import io.letschat.domain.limit.Limit;
import java.util.List;

/**
 * A limit on failures, under several keys at once. A try is counted before its outcome is known,
 * else a thousand tries at the same moment would all find room; one that succeeds is given back.
 */
public final class FailedAttemptLimiter {
  private final RateLimiter limiter;
  private final Limit limit;
  private final List<String> keys;

  public FailedAttemptLimiter(RateLimiter limiter, Limit limit, String... keys) {
    this.limiter = limiter;
    this.limit = limit;
    this.keys = List.of(keys);
  }

  /**
   * Counts a try under every key, or under none.
   *
   * @throws io.letschat.application.StoreUnavailable if nobody can count, and the limit fails
   *     closed
   */
  public Verdict tried() {
    int counted = 0;
    boolean all = false;
    try {
      for (String key : keys) {
        if (limiter.take(limit, key) instanceof Exceeded exceeded) {
          return exceeded;
        }
        counted++;
      }
      all = true;
      return new Allowed();
    } finally {
      if (!all) {
        keys.subList(0, counted).forEach(key -> limiter.giveBack(limit, key));
      }
    }
  }

  /** The try that was counted was none that counts. */
  public void succeeded() {
    keys.forEach(key -> limiter.giveBack(limit, key));
  }
}
