package io.letschat.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUrlTest {
  @Test
  void what_may_be_left_out_may_be_left_out() {
    assertThat(RedisUrl.parse("redis://cache")).hasToString("redis://cache:6379");
    assertThat(RedisUrl.parse("rediss://ada:a%40b@cache:7000/3"))
        .hasToString("rediss://ada:a%40b@cache:7000/3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cache:6379",
        "http://cache",
        "redis://",
        "redis://:se cret@cache",
        "redis://cache:70000",
        "redis://cache/secret",
        "redis://cache/0?secret"
      })
  void what_cannot_be_read_is_named_without_the_password(String url) {
    assertThatThrownBy(() -> RedisUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("redis://localhost:6379")
        .hasMessageNotContaining("cret");
  }
}
