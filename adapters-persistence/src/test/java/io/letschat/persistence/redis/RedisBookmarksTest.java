package io.letschat.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.recovery.Bookmark;
import io.letschat.application.recovery.Bookmarks;
import io.letschat.domain.account.UserId;
import io.letschat.persistence.Await;
import io.letschat.standin.RedisServer;
import io.letschat.testkit.BookmarksContract;
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
class RedisBookmarksTest extends BookmarksContract {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Bookmark BOOKMARK =
      new Bookmark(
          new Bookmark.Key(new UserId(1), "a-secret"),
          "first",
          "a-socket",
          "README",
          Optional.empty(),
          Optional.empty(),
          List.of());

  @TempDir static Path folder;
  private RedisServer server;
  private Redis redis;
  private RedisBookmarks bookmarks;

  @BeforeAll
  void start() throws Exception {
    server = RedisServer.start(folder);
    redis = Redis.open(server.address(), "test");
    bookmarks = new RedisBookmarks(redis);
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
  protected Bookmarks bookmarks() {
    return bookmarks;
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
      assertThat(bookmarks.claim(BOOKMARK.key(), "second")).isEqualTo(new Bookmarks.NotThere());
    }
  }

  @Test
  void while_redis_is_away_nothing_is_known() throws Exception {
    bookmarks.keep(BOOKMARK, LONG);
    server.kill();
    try {
      assertThat(bookmarks.keep(BOOKMARK, LONG)).isEqualTo(Bookmarks.Outcome.UNKNOWN);
      assertThat(bookmarks.renew(List.of(BOOKMARK), LONG))
          .containsExactly(Bookmarks.Outcome.UNKNOWN);
      assertThat(bookmarks.claim(BOOKMARK.key(), "second")).isEqualTo(new Bookmarks.Unavailable());
      bookmarks.drop(BOOKMARK);
    } finally {
      server.startAgain();
    }
    Await.until("it is kept again", () -> bookmarks.keep(BOOKMARK, LONG) == Bookmarks.Outcome.DONE);
  }
}
