package io.letschat.persistence.redis;

import io.letschat.application.recovery.Bookmark;
import io.letschat.application.recovery.Bookmarks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;

/**
 * The bookmarks of all nodes together, each a hash {@code bookmark:<user>:<pid>} that ends by
 * itself: the holder, whether it is being claimed, and what {@link BookmarkText} writes.
 */
public final class RedisBookmarks implements Bookmarks {
  private static final int RENEWED_AT_ONCE = 500;

  private static final String DONE = "1";
  private static final String TAKEN = "0";

  /** ARGV: holder, how many ms it is kept, text. */
  private static final String KEEP =
      """
      local holder = redis.call('HGET', KEYS[1], 'holder')
      if holder and holder ~= ARGV[1] then return '0' end
      redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'claimed', '0', 'text', ARGV[3])
      redis.call('PEXPIRE', KEYS[1], ARGV[2])
      return '1'
      """;

  /** ARGV: holder, how many ms it is kept, text. */
  private static final String RENEW =
      """
      local holder = redis.call('HGET', KEYS[1], 'holder')
      if not holder then return '' end
      if holder ~= ARGV[1] then return '0' end
      if redis.call('HGET', KEYS[1], 'text') ~= ARGV[3] then return '' end
      redis.call('PEXPIRE', KEYS[1], ARGV[2])
      return '1'
      """;

  /** ARGV: holder. The text, or nothing. */
  private static final String CLAIM =
      """
      if redis.call('HGET', KEYS[1], 'claimed') ~= '0' then return '' end
      local text = redis.call('HGET', KEYS[1], 'text')
      redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'claimed', '1')
      return text
      """;

  /** ARGV: holder. */
  private static final String DROP =
      """
      if redis.call('HGET', KEYS[1], 'holder') == ARGV[1] then redis.call('DEL', KEYS[1]) end
      return ''
      """;

  private final Redis redis;

  public RedisBookmarks(Redis redis) {
    this.redis = redis;
  }

  @Override
  public Outcome keep(Bookmark bookmark, Duration lifetime) {
    try {
      return outcome(
          run(
              KEEP,
              bookmark.key(),
              bookmark.holder(),
              Long.toString(lifetime.toMillis()),
              BookmarkText.write(bookmark)));
    } catch (RedisAway away) {
      return Outcome.UNKNOWN;
    }
  }

  @Override
  public List<Outcome> renew(List<Bookmark> bookmarks, Duration lifetime) {
    List<Outcome> outcomes = new ArrayList<>(bookmarks.size());
    for (int from = 0; from < bookmarks.size(); from += RENEWED_AT_ONCE) {
      List<Bookmark> some =
          bookmarks.subList(from, Math.min(bookmarks.size(), from + RENEWED_AT_ONCE));
      try {
        outcomes.addAll(renewTogether(some, lifetime));
      } catch (RedisAway away) {
        some.forEach(bookmark -> outcomes.add(Outcome.UNKNOWN));
      }
    }
    return outcomes;
  }

  private List<Outcome> renewTogether(List<Bookmark> bookmarks, Duration lifetime) {
    String millis = Long.toString(lifetime.toMillis());
    return redis.ask(client -> {
      try (AbstractPipeline pipeline = client.pipelined()) {
        List<Response<Object>> answers =
            bookmarks.stream()
                .map(bookmark ->
                    pipeline.eval(
                        RENEW,
                        List.of(name(bookmark.key())),
                        List.of(bookmark.holder(), millis, BookmarkText.write(bookmark))))
                .toList();
        pipeline.sync();
        return answers.stream().map(answer -> outcome(String.valueOf(answer.get()))).toList();
      }
    });
  }

  @Override
  public Claim claim(Bookmark.Key key, String holder) {
    try {
      return Optional.of(run(CLAIM, key, holder))
          .filter(text -> !text.isEmpty())
          .flatMap(text -> BookmarkText.read(key, holder, text))
          .<Claim>map(Claimed::new)
          .orElseGet(NotThere::new);
    } catch (RedisAway away) {
      return new Unavailable();
    }
  }

  @Override
  public void drop(Bookmark bookmark) {
    try {
      run(DROP, bookmark.key(), bookmark.holder());
    } catch (RedisAway away) {
      // It ends by itself.
    }
  }

  private String run(String script, Bookmark.Key key, String... arguments) {
    Object answer =
        redis.ask(client -> client.eval(script, List.of(name(key)), List.of(arguments)));
    return String.valueOf(answer);
  }

  private static Outcome outcome(String answer) {
    return switch (answer) {
      case DONE -> Outcome.DONE;
      case TAKEN -> Outcome.TAKEN;
      default -> Outcome.GONE;
    };
  }

  private String name(Bookmark.Key key) {
    return redis.key("bookmark:" + key.user().value() + ":" + key.pid());
  }
}
