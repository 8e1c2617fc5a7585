package io.letschat.persistence.redis.recovery;

import io.letschat.application.recovery.RecoveryState;
import io.letschat.application.recovery.RecoveryStateStore;
import io.letschat.persistence.redis.Redis;
import io.letschat.persistence.redis.RedisUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;

/**
 * The bookmarks of all nodes together, each a hash {@code bookmark:<user>:<pid>} that ends by
 * itself: the holder, whether it is being claimed, and what {@link RecoveryStateCodec} writes.
 */
public final class RedisRecoveryStateStore implements RecoveryStateStore {
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

  public RedisRecoveryStateStore(Redis redis) {
    this.redis = redis;
  }

  @Override
  public Saving keep(RecoveryState recoveryState, Duration lifetime) {
    try {
      return outcome(
          run(
              KEEP,
              recoveryState.key(),
              recoveryState.holder(),
              Long.toString(lifetime.toMillis()),
              RecoveryStateCodec.write(recoveryState)));
    } catch (RedisUnavailable away) {
      return Saving.UNKNOWN;
    }
  }

  @Override
  public List<Saving> renew(List<RecoveryState> bookmarks, Duration lifetime) {
    List<Saving> outcomes = new ArrayList<>(bookmarks.size());
    for (int from = 0; from < bookmarks.size(); from += RENEWED_AT_ONCE) {
      List<RecoveryState> some =
          bookmarks.subList(from, Math.min(bookmarks.size(), from + RENEWED_AT_ONCE));
      try {
        outcomes.addAll(renewTogether(some, lifetime));
      } catch (RedisUnavailable away) {
        some.forEach(recoveryState -> outcomes.add(Saving.UNKNOWN));
      }
    }
    return outcomes;
  }

  private List<Saving> renewTogether(List<RecoveryState> bookmarks, Duration lifetime) {
    String millis = Long.toString(lifetime.toMillis());
    return redis.ask(client -> {
      try (AbstractPipeline pipeline = client.pipelined()) {
        List<Response<Object>> answers =
            bookmarks.stream()
                .map(recoveryState ->
                    pipeline.eval(
                        RENEW,
                        List.of(name(recoveryState.key())),
                        List.of(
                            recoveryState.holder(),
                            millis,
                            RecoveryStateCodec.write(recoveryState))))
                .toList();
        pipeline.sync();
        return answers.stream().map(answer -> outcome(String.valueOf(answer.get()))).toList();
      }
    });
  }

  @Override
  public Claim claim(RecoveryState.Key key, String holder) {
    try {
      return Optional.of(run(CLAIM, key, holder))
          .filter(text -> !text.isEmpty())
          .flatMap(text -> RecoveryStateCodec.read(key, holder, text))
          .<Claim>map(Claimed::new)
          .orElseGet(NotThere::new);
    } catch (RedisUnavailable away) {
      return new Unavailable();
    }
  }

  @Override
  public void drop(RecoveryState recoveryState) {
    try {
      run(DROP, recoveryState.key(), recoveryState.holder());
    } catch (RedisUnavailable away) {
      // It ends by itself.
    }
  }

  private String run(String script, RecoveryState.Key key, String... arguments) {
    Object answer =
        redis.ask(client -> client.eval(script, List.of(name(key)), List.of(arguments)));
    return String.valueOf(answer);
  }

  private static Saving outcome(String answer) {
    return switch (answer) {
      case DONE -> Saving.DONE;
      case TAKEN -> Saving.TAKEN;
      default -> Saving.GONE;
    };
  }

  private String name(RecoveryState.Key key) {
    return redis.key("bookmark:" + key.user().value() + ":" + key.pid());
  }
}
