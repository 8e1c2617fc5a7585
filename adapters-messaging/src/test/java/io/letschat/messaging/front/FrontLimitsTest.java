package io.letschat.messaging.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FrontLimitsTest {
  @Test
  void the_defaults_are_these() {
    assertThat(FrontLimits.defaults())
        .isEqualTo(
            new FrontLimits(
                8192,
                16384,
                100,
                Duration.ofSeconds(10),
                Duration.ofSeconds(75),
                Duration.ofSeconds(20),
                1024,
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Duration.ofSeconds(120),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                Duration.ofSeconds(30)));
    assertThat(FrontLimits.defaults().sweepEvery()).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void a_limit_of_nothing_is_refused() {
    assertThatThrownBy(() -> new Limits().idle(Duration.ZERO).limits())
        .isInstanceOf(IllegalArgumentException.class);
  }
}
