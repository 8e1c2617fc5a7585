package io.letschat.persistence.redis.limit;

import io.letschat.application.StoreUnavailable;
import io.letschat.application.limit.RateLimiter;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.limit.Rate;
import io.letschat.persistence.redis.Redis;
import io.letschat.persistence.redis.RedisUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Counts in Redis: for all nodes together, by its clock. */
public final class RedisRateLimiter implements RateLimiter {
  /** 0 if there was room; else the milliseconds until the span ends. */
  private static final String TAKE =
      """
      local used = tonumber(redis.call('GET', KEYS[1]) or '0')
      if used < tonumber(ARGV[1]) then
        if redis.call('INCR', KEYS[1]) == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
        return 0
      end
      return math.max(1, redis.call('PTTL', KEYS[1]))
      """;

  private static final String GIVE_BACK =
      """
      local used = tonumber(redis.call('GET', KEYS[1]) or '0')
      if used > 1 then redis.call('DECR', KEYS[1]) else redis.call('DEL', KEYS[1]) end
      return 0
      """;

  private final Redis redis;
  private final Map<Limit, Rate> rates;

  /**
   * @param rates the limits that hold; one that is missing is off
   */
  public RedisRateLimiter(Redis redis, Map<Limit, Rate> rates) {
    this.redis = redis;
    this.rates = Map.copyOf(rates);
  }

  @Override
  public Verdict take(Limit limit, String key) {
    Rate rate = rates.get(limit);
    if (rate == null) {
      return new Allowed();
    }
    try {
      Object left =
          redis.ask(client ->
              client.eval(
                  TAKE,
                  List.of(name(limit, key)),
                  List.of(Integer.toString(rate.times()), Long.toString(rate.span().toMillis()))));
      long millis = ((Number) left).longValue();
      return millis == 0 ? new Allowed() : new Exceeded(Duration.ofMillis(millis));
    } catch (RedisUnavailable away) {
      return switch (limit.failing()) {
        case OPEN -> new Allowed();
        case CLOSED -> throw new StoreUnavailable("Redis", away);
      };
    }
  }

  @Override
  public void giveBack(Limit limit, String key) {
    try {
      redis.askOnce(client -> client.eval(GIVE_BACK, List.of(name(limit, key)), List.of()));
    } catch (RedisUnavailable away) {
      // One try too many is counted; the span will end.
    }
  }

  private String name(Limit limit, String key) {
    return redis.key("limit:" + limit + ":" + key);
  }
}
