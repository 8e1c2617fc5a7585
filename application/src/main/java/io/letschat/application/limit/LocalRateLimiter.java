package io.letschat.application.limit;

import io.letschat.domain.limit.Limit;
import io.letschat.domain.limit.Rate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts in the process: for one node. Keys whose span has ended are forgotten when the table has
 * doubled since the last cleaning, so an attacker who changes the key each time costs no more than
 * twice what is live.
 */
public final class LocalRateLimiter implements RateLimiter {
  private record Key(Limit limit, String key) {}

  private record Count(int used, Instant end) {}

  private static final int SMALL = 10_000;

  private final Map<Limit, Rate> rates;
  private final InstantSource clock;
  private final ConcurrentHashMap<Key, Count> counts = new ConcurrentHashMap<>();
  private volatile int cleanAt = SMALL;

  /**
   * @param rates the limits that hold; one that is missing is off
   */
  public LocalRateLimiter(Map<Limit, Rate> rates, InstantSource clock) {
    this.rates = Map.copyOf(rates);
    this.clock = clock;
  }

  @Override
  public Verdict take(Limit limit, String key) {
    Rate rate = rates.get(limit);
    if (rate == null) {
      return new Allowed();
    }
    Instant now = clock.instant();
    Count count =
        counts.merge(
            new Key(limit, key),
            new Count(1, now.plus(rate.span())),
            (old, fresh) ->
                now.isBefore(old.end)
                    ? new Count(Math.min(old.used, rate.times()) + 1, old.end)
                    : fresh);
    cleanIfLarge(now);
    return count.used <= rate.times()
        ? new Allowed()
        : new Exceeded(Duration.between(now, count.end));
  }

  @Override
  public void giveBack(Limit limit, String key) {
    counts.computeIfPresent(
        new Key(limit, key),
        (k, count) -> count.used > 1 ? new Count(count.used - 1, count.end) : null);
  }

  private void cleanIfLarge(Instant now) {
    if (counts.mappingCount() > cleanAt) {
      counts.values().removeIf(count -> !now.isBefore(count.end));
      cleanAt = (int) Math.max(SMALL, Math.min(Integer.MAX_VALUE / 2, counts.mappingCount()) * 2);
    }
  }
}
