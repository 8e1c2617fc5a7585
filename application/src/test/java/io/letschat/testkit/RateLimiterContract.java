package io.letschat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.limit.RateLimiter;
import io.letschat.application.limit.RateLimiter.Allowed;
import io.letschat.application.limit.RateLimiter.Exceeded;
import io.letschat.domain.limit.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RateLimiter} keeps. The usual limits must hold, except that {@link
 * Limit#UPLOAD} is off.
 */
public abstract class RateLimiterContract {
  /** The adapter, the same during a test; it may have counted for others. */
  protected abstract RateLimiter limiter();

  private final String key = Stores.unique();

  @Test
  void after_so_many_times_it_is_too_often_and_the_answer_says_how_long() {
    for (int i = 0; i < 5; i++) {
      assertThat(limiter().take(Limit.OTP_VERIFY, key)).isEqualTo(new Allowed());
    }
    var exceeded = (Exceeded) limiter().take(Limit.OTP_VERIFY, key);
    assertThat(exceeded.retryAfter()).isPositive();
    assertThat(exceeded.retryAfter()).isLessThanOrEqualTo(Limit.OTP_VERIFY.defaultRate().span());
  }

  @Test
  void keys_and_limits_count_for_themselves() {
    for (int i = 0; i < 5; i++) {
      limiter().take(Limit.OTP_VERIFY, key);
    }
    assertThat(limiter().take(Limit.OTP_VERIFY, key)).isInstanceOf(Exceeded.class);
    assertThat(limiter().take(Limit.OTP_VERIFY, key + "!")).isInstanceOf(Allowed.class);
    assertThat(limiter().take(Limit.OTP_REQUEST, key)).isInstanceOf(Allowed.class);
  }

  @Test
  void what_is_given_back_can_be_taken_again() {
    for (int i = 0; i < 20; i++) {
      assertThat(limiter().take(Limit.OTP_VERIFY, key)).isInstanceOf(Allowed.class);
      limiter().giveBack(Limit.OTP_VERIFY, key);
    }
  }

  @Test
  void a_limit_that_is_off_never_refuses() {
    for (int i = 0; i < 200; i++) {
      assertThat(limiter().take(Limit.UPLOAD, key)).isInstanceOf(Allowed.class);
    }
  }

  @Test
  void tries_at_the_same_moment_do_not_slip_through() throws Exception {
    List<Callable<RateLimiter.Verdict>> tries = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      tries.add(() -> limiter().take(Limit.OTP_VERIFY, key));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int allowed = 0;
      for (Future<RateLimiter.Verdict> verdict : threads.invokeAll(tries)) {
        allowed += verdict.get() instanceof Allowed ? 1 : 0;
      }
      assertThat(allowed).isEqualTo(5);
    }
  }
}
