package io.letschat.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.gateway.fixture.SmallLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GatewayLimitsTest {
  @Test
  void the_defaults_are_these() {
    assertThat(GatewayLimits.defaults())
        .isEqualTo(
            new GatewayLimits(
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
    assertThat(GatewayLimits.defaults().sweepEvery()).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void a_limit_of_nothing_is_refused() {
    assertThatThrownBy(() -> new SmallLimits().idle(Duration.ZERO).limits())
        .isInstanceOf(IllegalArgumentException.class);
  }
}
