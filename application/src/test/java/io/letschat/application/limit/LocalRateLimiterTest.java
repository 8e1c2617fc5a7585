package io.letschat.application.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.limit.RateLimiter.Allowed;
import io.letschat.application.limit.RateLimiter.Exceeded;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.limit.Rate;
import io.letschat.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalRateLimiterTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T12:00:00Z"));
  private final RateLimiter limiter =
      new LocalRateLimiter(Map.of(Limit.LOGIN, new Rate(3, Duration.ofMinutes(1))), clock);

  private void takes(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(limiter.take(Limit.LOGIN, "ada")).isEqualTo(new Allowed());
    }
  }

  @Test
  void the_span_begins_with_the_first_try_and_is_over_when_it_ends() {
    takes(1);
    clock.advance(Duration.ofSeconds(20));
    takes(2);
    assertThat(limiter.take(Limit.LOGIN, "ada")).isEqualTo(new Exceeded(Duration.ofSeconds(40)));
    clock.advance(Duration.ofSeconds(39));
    assertThat(limiter.take(Limit.LOGIN, "ada")).isEqualTo(new Exceeded(Duration.ofSeconds(1)));
    clock.advance(Duration.ofSeconds(1));
    takes(3);
    assertThat(limiter.take(Limit.LOGIN, "ada")).isInstanceOf(Exceeded.class);
  }

  @Test
  void giving_one_back_makes_room_for_one() {
    takes(3);
    limiter.giveBack(Limit.LOGIN, "ada");
    takes(1);
    assertThat(limiter.take(Limit.LOGIN, "ada")).isInstanceOf(Exceeded.class);
  }

  @Test
  void giving_back_what_nobody_took_makes_no_room() {
    limiter.giveBack(Limit.LOGIN, "ada");
    takes(1);
    limiter.giveBack(Limit.LOGIN, "ada");
    limiter.giveBack(Limit.LOGIN, "ada");
    takes(3);
    assertThat(limiter.take(Limit.LOGIN, "ada")).isInstanceOf(Exceeded.class);
  }

  @Test
  void keys_of_attackers_push_nobody_out() {
    takes(3);
    for (int i = 0; i < 30_000; i++) {
      limiter.take(Limit.LOGIN, "attacker " + i);
    }
    assertThat(limiter.take(Limit.LOGIN, "ada")).isInstanceOf(Exceeded.class);
  }
}
