package io.letschat.persistence.redis.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.application.StoreUnavailable;
import io.letschat.application.limit.RateLimiter;
import io.letschat.application.limit.RateLimiter.Allowed;
import io.letschat.application.limit.RateLimiter.Exceeded;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.limit.Rate;
import io.letschat.persistence.Await;
import io.letschat.persistence.redis.Redis;
import io.letschat.standin.RedisServer;
import io.letschat.testkit.Chat;
import io.letschat.testkit.RateLimiterContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisRateLimiterTest extends RateLimiterContract {
  @TempDir static Path folder;
  private RedisServer server;
  private Redis redis;
  private RedisRateLimiter limiter;

  @BeforeAll
  void start() throws Exception {
    server = RedisServer.start(folder);
    redis = Redis.open(server.address(), "test");
    Map<Limit, Rate> rates = new HashMap<>(Chat.usualLimits());
    rates.remove(Limit.UPLOAD);
    limiter = new RedisRateLimiter(redis, rates);
  }

  @AfterAll
  void stop() {
    if (server != null) {
      redis.close();
      server.close();
    }
  }

  @BeforeEach
  void empty() {
    redis.ask(client -> client.flushAll());
  }

  @Override
  protected RateLimiter limiter() {
    return limiter;
  }

  @Test
  void two_nodes_count_together() {
    try (Redis another = Redis.open(server.address(), "test")) {
      var there = new RedisRateLimiter(another, Chat.usualLimits());
      for (int i = 0; i < 5; i++) {
        assertThat((i % 2 == 0 ? limiter : there).take(Limit.OTP_VERIFY, "both"))
            .isInstanceOf(Allowed.class);
      }
      assertThat(limiter.take(Limit.OTP_VERIFY, "both")).isInstanceOf(Exceeded.class);
      assertThat(there.take(Limit.OTP_VERIFY, "both")).isInstanceOf(Exceeded.class);
    }
  }

  @Test
  void a_span_ends() throws Exception {
    var quick =
        new RedisRateLimiter(redis, Map.of(Limit.LOGIN, new Rate(1, Duration.ofMillis(100))));
    assertThat(quick.take(Limit.LOGIN, "quick")).isInstanceOf(Allowed.class);
    assertThat(quick.take(Limit.LOGIN, "quick")).isInstanceOf(Exceeded.class);
    Await.until("the span ends", () -> quick.take(Limit.LOGIN, "quick") instanceof Allowed);
  }

  @Test
  void without_redis_each_limit_fails_as_it_says_and_quickly_and_counts_again_afterwards()
      throws Exception {
    server.kill();
    try {
      long begin = System.nanoTime();
      for (int i = 0; i < 200; i++) {
        assertThat(limiter.take(Limit.MESSAGE, "away")).isInstanceOf(Allowed.class);
        assertThatThrownBy(() -> limiter.take(Limit.OTP_VERIFY, "away"))
            .isInstanceOf(StoreUnavailable.class);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    } finally {
      server.startAgain();
    }
    Await.until("Redis counts again", redis::isReady);
    assertThat(limiter.take(Limit.OTP_VERIFY, "back")).isInstanceOf(Allowed.class);
  }

  /** Sign-in was refused as "too often" by a Redis that was full, or had become a replica. */
  @ParameterizedTest
  @CsvSource({
    "CONFIG SET maxmemory 1, CONFIG SET maxmemory 0",
    "REPLICAOF 127.0.0.1 1,  REPLICAOF NO ONE"
  })
  void where_redis_takes_no_writes_nothing_is_too_often(String trouble, String mended)
      throws Exception {
    server.tell(trouble);
    try {
      for (Limit limit : Limit.values()) {
        switch (limit.failing()) {
          case OPEN ->
              assertThat(limiter.take(limit, "full")).as(limit.name()).isInstanceOf(Allowed.class);
          case CLOSED ->
              assertThatThrownBy(() -> limiter.take(limit, "full"))
                  .as(limit.name())
                  .isInstanceOf(StoreUnavailable.class);
        }
      }
    } finally {
      server.tell(mended);
    }
    Await.until("Redis counts again", redis::isReady);
    assertThat(limiter.take(Limit.LOGIN, "full")).isInstanceOf(Allowed.class);
  }
}
