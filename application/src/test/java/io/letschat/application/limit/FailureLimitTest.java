package io.letschat.application.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.application.StoreUnavailable;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.limit.Rate;
import io.letschat.testkit.SettableClock;
import io.letschat.testkit.Stores;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailureLimitTest {
  private final RateLimiter counts =
      new LocalRateLimiter(
          Map.of(Limit.LOGIN, new Rate(2, Duration.ofMinutes(15))), new SettableClock(Stores.NOON));

  private FailedAttemptLimiter of(String... keys) {
    return new FailedAttemptLimiter(counts, Limit.LOGIN, keys);
  }

  @Test
  void a_try_counts_under_every_key() {
    of("account", "address").tried();
    of("account", "elsewhere").tried();

    assertThat(of("account").tried()).isInstanceOf(RateLimiter.Exceeded.class);
    assertThat(of("address").tried()).isInstanceOf(RateLimiter.Allowed.class);
  }

  /** Else somebody whose address is exhausted locks the accounts of others. */
  @Test
  void a_try_that_is_refused_for_one_key_counts_under_none() {
    of("address").tried();
    of("address").tried();
    for (int i = 0; i < 5; i++) {
      assertThat(of("account", "address").tried()).isInstanceOf(RateLimiter.Exceeded.class);
    }

    assertThat(of("account").tried()).isInstanceOf(RateLimiter.Allowed.class);
    assertThat(of("account").tried()).isInstanceOf(RateLimiter.Allowed.class);
    assertThat(of("account").tried()).isInstanceOf(RateLimiter.Exceeded.class);
  }

  @Test
  void a_try_that_nobody_can_count_under_one_key_counts_under_none() {
    var away =
        new RateLimiter() {
          @Override
          public Verdict take(Limit limit, String key) {
            if (key.equals("address")) {
              throw new StoreUnavailable("Redis", new IOException("away"));
            }
            return counts.take(limit, key);
          }

          @Override
          public void giveBack(Limit limit, String key) {
            counts.giveBack(limit, key);
          }
        };
    var failures = new FailedAttemptLimiter(away, Limit.LOGIN, "account", "address");
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(failures::tried).isInstanceOf(StoreUnavailable.class);
    }

    assertThat(of("account").tried()).isInstanceOf(RateLimiter.Allowed.class);
  }

  @Test
  void one_that_succeeds_counts_under_none() {
    for (int i = 0; i < 5; i++) {
      FailedAttemptLimiter failures = of("account", "address");
      assertThat(failures.tried()).isInstanceOf(RateLimiter.Allowed.class);
      failures.succeeded();
    }
  }
}
