package io.letschat.persistence.redis.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.recovery.RecoveryState;
import io.letschat.application.recovery.RecoveryStateStore;
import io.letschat.domain.account.UserId;
import io.letschat.persistence.Await;
import io.letschat.persistence.redis.Redis;
import io.letschat.standin.RedisServer;
import io.letschat.testkit.RecoveryStateStoreContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisRecoveryStateStoreTest extends RecoveryStateStoreContract {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final RecoveryState BOOKMARK =
      new RecoveryState(
          new RecoveryState.Key(new UserId(1), "a-secret"),
          "first",
          "a-socket",
          "README",
          Optional.empty(),
          Optional.empty(),
          List.of());

  @TempDir static Path folder;
  private RedisServer server;
  private Redis redis;
  private RedisRecoveryStateStore recoveryStateStore;

  @BeforeAll
  void start() throws Exception {
    server = RedisServer.start(folder);
    redis = Redis.open(server.address(), "test");
    recoveryStateStore = new RedisRecoveryStateStore(redis);
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
  protected RecoveryStateStore bookmarks() {
    return recoveryStateStore;
  }

  @Override
  protected void pass(Duration duration) {
    long end = System.nanoTime() + duration.plusMillis(20).toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  @Test
  void what_others_have_written_there_is_no_bookmark() {
    for (String text : List.of("", "a\nb\nc", "a\nb\nc\nd", "a\nb\n\n\nx y z", "a\nb\n\n\n7 8")) {
      redis.ask(client ->
          client.hset(
              "letschat:test:bookmark:1:a-secret",
              Map.of("holder", "first", "claimed", "0", "text", text)));
      assertThat(recoveryStateStore.claim(BOOKMARK.key(), "second"))
          .isEqualTo(new RecoveryStateStore.NotThere());
    }
  }

  @Test
  void while_redis_is_away_nothing_is_known() throws Exception {
    recoveryStateStore.keep(BOOKMARK, LONG);
    server.kill();
    try {
      assertThat(recoveryStateStore.keep(BOOKMARK, LONG))
          .isEqualTo(RecoveryStateStore.Saving.UNKNOWN);
      assertThat(recoveryStateStore.renew(List.of(BOOKMARK), LONG))
          .containsExactly(RecoveryStateStore.Saving.UNKNOWN);
      assertThat(recoveryStateStore.claim(BOOKMARK.key(), "second"))
          .isEqualTo(new RecoveryStateStore.Unavailable());
      recoveryStateStore.drop(BOOKMARK);
    } finally {
      server.startAgain();
    }
    Await.until(
        "it is kept again",
        () -> recoveryStateStore.keep(BOOKMARK, LONG) == RecoveryStateStore.Saving.DONE);
  }
}
