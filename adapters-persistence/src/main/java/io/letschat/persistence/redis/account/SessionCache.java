package io.letschat.persistence.redis.account;

import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.domain.account.AccountId;
import io.letschat.domain.account.SessionId;
import io.letschat.domain.account.UserId;
import io.letschat.persistence.redis.Redis;
import io.letschat.persistence.redis.RedisUnavailable;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sessions and their accounts, remembered for {@link #REMEMBERED} for all nodes together. Nothing
 * that has been forgotten comes back: who wants to remember something must have taken a lease
 * before reading it from the database, and forgetting revokes that lease, so that it does not
 * matter how long the reading took.
 *
 * <p>What is to be forgotten while Redis is away is told to it as soon as it is back; until then
 * other nodes, if they reach it, may remember it for the rest of {@link #REMEMBERED}.
 */
public final class SessionCache {
  /** How long, at most, anything is remembered. */
  public static final Duration REMEMBERED = Duration.ofSeconds(10);

  private static final Duration LEASE = Duration.ofSeconds(5);

  /** After so long there is nothing left in Redis that could be wrong. */
  private static final Duration OWED = REMEMBERED.plus(LEASE);

  /** More than this is not kept for a Redis that is away; then only time helps. */
  private static final int MOST_OWED = 100_000;

  /** Slower than this, it is quicker to ask the database, and Redis is not asked for a while. */
  private static final Duration SLOW = Duration.ofMillis(100);

  private static final Duration SPARED = Duration.ofSeconds(1);

  /** What there is about a session. */
  sealed interface Found {}

  record Remembered(AuthenticatedUser who) implements Found {}

  /** Nothing, and whoever reads it from the database may {@link #remember} it. */
  record Free(String lease) implements Found {}

  /** Nothing, and somebody else is reading it; or Redis is away or slow. */
  record Unknown() implements Found {}

  private final Redis redis;
  private final Duration slow;

  /** Until when Redis is not asked, by nano time. */
  private final AtomicLong sparedUntil = new AtomicLong(System.nanoTime());

  private final String node = UUID.randomUUID().toString();
  private final AtomicLong leases = new AtomicLong();

  /** Scripts that Redis has not run, by their key, and until when it matters, by nano time. */
  private final Map<String, Owed> owed = new ConcurrentHashMap<>();

  private record Owed(String script, long until) {}

  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder unknown = new LongAdder();

  public SessionCache(Redis redis) {
    this(redis, SLOW);
  }

  /**
   * @param slow what a look-up may take before Redis is spared some
   */
  SessionCache(Redis redis, Duration slow) {
    this.redis = redis;
    this.slow = slow;
  }

  Found look(SessionId id) {
    Found found = ask(id);
    switch (found) {
      case Remembered remembered -> hits.increment();
      case Free free -> misses.increment();
      case Unknown nothing -> unknown.increment();
    }
    return found;
  }

  private Found ask(SessionId id) {
    long begin = System.nanoTime();
    if (owed.containsKey(SessionScripts.session(id)) || begin - sparedUntil.get() < 0) {
      return new Unknown();
    }
    String lease = node + " " + leases.incrementAndGet();
    try {
      List<String> answer =
          run(SessionScripts.LOOK, List.of(SessionScripts.session(id)), lease, millis(LEASE));
      if (System.nanoTime() - begin > slow.toNanos()) {
        sparedUntil.set(System.nanoTime() + SPARED.toNanos());
      }
      return switch (answer.size()) {
        case 0 -> new Unknown();
        case 1 -> new Free(lease);
        default ->
            SessionFields.read(id, answer)
                .filter(who -> !isOwed(who))
                .<Found>map(Remembered::new)
                .orElseGet(Unknown::new);
      };
    } catch (RedisUnavailable away) {
      return new Unknown();
    }
  }

  private boolean isOwed(AuthenticatedUser who) {
    return owed.containsKey(SessionScripts.of(who.account().id()))
        || owed.containsKey(SessionScripts.of(who.user()));
  }

  /**
   * Without effect if it was forgotten since the lease was given.
   *
   * @param now so that nothing is remembered for longer than the session lasts
   */
  void remember(AuthenticatedUser who, String lease, Instant now) {
    Duration left = Duration.between(now, who.session().expiresAt());
    Duration kept = left.compareTo(REMEMBERED) < 0 ? left : REMEMBERED;
    if (kept.toMillis() < 1) {
      return;
    }
    List<String> arguments = new ArrayList<>(List.of(lease, millis(kept), millis(REMEMBERED)));
    arguments.addAll(SessionFields.write(who));
    try {
      run(
          SessionScripts.REMEMBER,
          List.of(
              SessionScripts.session(who.session().id()),
              SessionScripts.of(who.account().id()),
              SessionScripts.of(who.user())),
          arguments.toArray(String[]::new));
    } catch (RedisUnavailable away) {
      // The next one will.
    }
  }

  /** To be called once it is so in the database, and before anybody is told. */
  void forget(SessionId id) {
    forget(SessionScripts.session(id), SessionScripts.FORGET);
  }

  /** Everything about the account: its sessions, or what is known of it. */
  void forget(AccountId account) {
    forget(SessionScripts.of(account), SessionScripts.FORGET_ALL);
  }

  void forget(UserId user) {
    forget(SessionScripts.of(user), SessionScripts.FORGET_ALL);
  }

  private void forget(String key, String script) {
    try {
      run(script, List.of(key), millis(OWED));
    } catch (RedisUnavailable away) {
      if (owed.size() < MOST_OWED) {
        owed.put(key, new Owed(script, System.nanoTime() + OWED.toNanos()));
      }
    }
  }

  /** Tells Redis what it has missed; to be called every second or so. */
  public void catchUp() {
    for (Map.Entry<String, Owed> each : owed.entrySet()) {
      if (System.nanoTime() - each.getValue().until < 0) {
        try {
          run(each.getValue().script, List.of(each.getKey()), millis(OWED));
        } catch (RedisUnavailable still) {
          continue;
        }
      }
      owed.remove(each.getKey(), each.getValue());
    }
  }

  /** How often it knew. */
  public void measure(MeterRegistry registry) {
    Map.of("hit", hits, "miss", misses, "unknown", unknown)
        .forEach((result, count) ->
            FunctionCounter.builder("letschat.sessions.cache", count, LongAdder::sum)
                .description(
                    "Sessions looked up in Redis; unknown: being read, or Redis is away or slow")
                .tag("result", result)
                .register(registry));
  }

  private List<String> run(String script, List<String> keys, String... arguments) {
    List<String> ours = keys.stream().map(redis::key).toList();
    Object answer = redis.ask(client -> client.eval(script, ours, List.of(arguments)));
    return answer instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }
}
