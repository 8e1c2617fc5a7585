package io.letschat.persistence.redis.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.account.session.Sessions;
import io.letschat.domain.account.Account;
import io.letschat.domain.account.AccountId;
import io.letschat.domain.account.Device;
import io.letschat.domain.account.Session;
import io.letschat.domain.account.SessionId;
import io.letschat.domain.account.Username;
import io.letschat.persistence.Await;
import io.letschat.persistence.redis.Redis;
import io.letschat.standin.FaultyTcpProxy;
import io.letschat.standin.RedisServer;
import io.letschat.testkit.SessionsContract;
import io.letschat.testkit.Stores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

/** Sessions that are remembered by a real Redis; kept in memory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CachedSessionsTest extends SessionsContract {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Instant NOON = Stores.NOON;

  /** So that a busy machine is not taken for a slow Redis. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir static Path folder;
  private RedisServer server;
  private Redis redis;
  private Stores kept;
  private Slow slow;
  private SessionCache cache;
  private Stores stores;

  @BeforeAll
  void start() throws Exception {
    server = RedisServer.start(folder);
    redis = Redis.open(server.address(), "test");
  }

  @AfterAll
  void stop() {
    if (server != null) {
      redis.close();
      server.close();
    }
  }

  @BeforeEach
  void begin() throws Exception {
    Await.until("Redis answers", redis::isReady);
    redis.ask(client -> client.flushAll());
    kept = Stores.inMemory();
    slow = new Slow(kept.sessions());
    cache = new SessionCache(redis, PATIENCE);
    stores = over(cache);
  }

  /** A node with this cache. */
  private Stores over(SessionCache nodes) {
    return new Stores(
        new CachedAccounts(kept.accounts(), nodes),
        new CachedSessions(slow, nodes),
        kept.codes(),
        kept.rooms(),
        kept.memberships(),
        kept.log(),
        kept.uploads(),
        kept.revocations());
  }

  @Override
  protected Stores stores() {
    return stores;
  }

  @Test
  void a_session_is_read_once_for_all_nodes_and_not_by_its_id() {
    Stores there = over(new SessionCache(redis, PATIENCE));
    Session session = open();

    Optional<AuthenticatedUser> first = stores.sessions().live(session.id(), NOON);
    assertThat(first).isPresent();
    for (int i = 0; i < 10; i++) {
      assertThat(there.sessions().live(session.id(), NOON)).isEqualTo(first);
    }

    assertThat(slow.reads.get()).isEqualTo(1);
    Set<String> keys = redis.ask(client -> client.keys("*"));
    assertThat(keys).isNotEmpty().noneMatch(key -> key.contains(session.id().value()));
    assertThat(keys)
        .allSatisfy(
            key -> assertThat(millisLeft(key)).isBetween(1L, SessionCache.REMEMBERED.toMillis()));
  }

  @Test
  void nothing_is_remembered_for_longer_than_the_session_lasts() {
    Session session = open();
    Instant shortly = session.expiresAt().minusMillis(300);

    assertThat(stores.sessions().live(session.id(), shortly)).isPresent();

    assertThat(millisLeft(SessionScripts.session(session.id()))).isLessThanOrEqualTo(300);
    assertThat(stores.sessions().live(session.id(), session.expiresAt())).isEmpty();
  }

  @Test
  void whoever_reads_while_a_session_ends_does_not_bring_it_back() {
    Session session = open();
    Stores there = over(new SessionCache(redis, PATIENCE));
    slow.afterReading =
        () -> {
          slow.afterReading = () -> {};
          there.sessions().end(session.id());
        };

    stores.sessions().live(session.id(), NOON);

    assertThat(stores.sessions().live(session.id(), NOON)).isEmpty();
    assertThat(there.sessions().live(session.id(), NOON)).isEmpty();
  }

  @Test
  void whoever_reads_while_all_sessions_of_an_account_end_does_not_bring_one_back() {
    Account account = kept.someone();
    Session session = open(account);
    Stores there = over(new SessionCache(redis, PATIENCE));
    slow.afterReading =
        () -> {
          slow.afterReading = () -> {};
          there.sessions().endAll(account.id());
        };

    stores.sessions().live(session.id(), NOON);

    assertThat(stores.sessions().live(session.id(), NOON)).isEmpty();
    assertThat(there.sessions().live(session.id(), NOON)).isEmpty();
  }

  @Test
  void whoever_reads_while_somebody_is_renamed_does_not_bring_the_old_name_back() {
    Account account = kept.someone();
    Session session = open(account);
    Stores there = over(new SessionCache(redis, PATIENCE));
    Username name = Username.of("renamed-meanwhile");
    slow.afterReading =
        () -> {
          slow.afterReading = () -> {};
          there.accounts().rename(account.user(), name);
        };

    stores.sessions().live(session.id(), NOON);

    assertThat(stores.sessions().live(session.id(), NOON).orElseThrow().account().username())
        .contains(name);
  }

  @Test
  void no_session_is_live_after_its_end_however_many_read_it() throws Exception {
    List<Session> sessions = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      sessions.add(open());
    }
    Stores there = over(new SessionCache(redis, PATIENCE));
    var resurrected = new ConcurrentLinkedQueue<SessionId>();
    var ended = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> readers = new ArrayList<>();
      for (int reader = 0; reader < 8; reader++) {
        Stores node = reader % 2 == 0 ? stores : there;
        readers.add(
            threads.submit(() -> {
              while (ended.get() < sessions.size()) {
                int over = ended.get();
                int around = Math.min(over + (int) (Math.random() * 3), sessions.size() - 1);
                boolean live = node.sessions().live(sessions.get(around).id(), NOON).isPresent();
                if (live && around < over) {
                  resurrected.add(sessions.get(around).id());
                }
                if (over > 0
                    && node.sessions().live(sessions.get(over - 1).id(), NOON).isPresent()) {
                  resurrected.add(sessions.get(over - 1).id());
                }
              }
            }));
      }
      for (Session session : sessions) {
        there.sessions().live(session.id(), NOON);
        stores.sessions().end(session.id());
        ended.incrementAndGet();
      }
      for (Future<?> reader : readers) {
        reader.get(60, TimeUnit.SECONDS);
      }
    }
    assertThat(resurrected).isEmpty();
    assertThat(sessions)
        .allSatisfy(session -> assertThat(there.sessions().live(session.id(), NOON)).isEmpty());
  }

  @Test
  void an_end_that_redis_did_not_hear_of_is_told_when_it_hears_again() throws Exception {
    Session session = open();
    assertThat(stores.sessions().live(session.id(), NOON)).isPresent();
    Stores there = over(new SessionCache(redis, PATIENCE));
    pauseRedis(1_000);

    stores.sessions().end(session.id());

    // This node knows; and whoever is let in for long asks where sessions are kept.
    assertThat(stores.sessions().live(session.id(), NOON)).isEmpty();
    assertThat(there.sessions().isLive(session.id(), NOON)).isFalse();
    Await.until(
        "the other node knows, too",
        () -> {
          cache.catchUp();
          return redis.isReady() && there.sessions().live(session.id(), NOON).isEmpty();
        });
    boolean remembered =
        redis.ask(client -> client.hexists(SessionScripts.session(session.id()), "of"));
    assertThat(remembered).isFalse();
  }

  @Test
  void without_redis_sessions_are_read_where_they_are_kept_and_nobody_waits_for_long()
      throws Exception {
    Session session = open();
    server.kill();
    try {
      long begin = System.nanoTime();
      for (int i = 0; i < 200; i++) {
        assertThat(stores.sessions().live(session.id(), NOON)).isPresent();
      }
      stores.sessions().end(session.id());
      assertThat(stores.sessions().live(session.id(), NOON)).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    } finally {
      server.startAgain();
    }
  }

  @Test
  void a_redis_that_answers_late_is_asked_once_in_a_while_and_hears_of_every_end()
      throws Exception {
    Session session = open();
    try (var proxy = new FaultyTcpProxy(server.port());
        Redis late = Redis.open(URI.create("redis://127.0.0.1:" + proxy.port()), "test")) {
      var lateCache = new SessionCache(late);
      Stores there = over(lateCache);
      assertThat(late.isReady()).isTrue();
      proxy.slowDown(Duration.ofMillis(150));
      long begin = System.nanoTime();
      for (int i = 0; i < 100; i++) {
        assertThat(there.sessions().live(session.id(), NOON)).isPresent();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
      assertThat(stores.sessions().live(session.id(), NOON)).isPresent();

      there.sessions().end(session.id());

      assertThat(there.sessions().live(session.id(), NOON)).isEmpty();
      Await.until(
          "the other node knows, too",
          () -> {
            lateCache.catchUp();
            return stores.sessions().live(session.id(), NOON).isEmpty();
          });
    }
  }

  @Test
  void what_is_no_session_of_ours_is_not_taken_for_one() {
    Session session = open();
    String key = SessionScripts.session(session.id());
    assertThat(stores.sessions().live(session.id(), NOON)).isPresent();
    for (String field : List.of("of", "account", "email", "expires_at")) {
      redis.ask(client -> client.hset(key, field, "something else"));
      assertThat(stores.sessions().live(session.id(), NOON).orElseThrow().session())
          .isEqualTo(session);
    }
  }

  @Test
  void what_was_found_is_counted() {
    var registry = new SimpleMeterRegistry();
    cache.measure(registry);
    Session session = open();
    for (int i = 0; i < 3; i++) {
      stores.sessions().live(session.id(), NOON);
    }
    assertThat(
            registry.get("letschat.sessions.cache").tag("result", "hit").functionCounter().count())
        .isEqualTo(2);
    assertThat(
            registry.get("letschat.sessions.cache").tag("result", "miss").functionCounter().count())
        .isEqualTo(1);
  }

  private long millisLeft(String key) {
    return redis.ask(client -> client.pttl(key));
  }

  /** Redis answers nobody for so long. */
  private void pauseRedis(int millis) {
    redis.ask(client ->
        client.executeCommand(
            new CommandArguments(Protocol.Command.CLIENT)
                .add("PAUSE")
                .add(Integer.toString(millis))
                .add("ALL")));
  }

  private Session open() {
    return open(kept.someone());
  }

  private Session open(Account account) {
    var device = Device.of("", "192.0.2.1");
    Session session = Session.opened(SessionId.random(RANDOM), account, device, NOON);
    stores.sessions().open(session);
    return session;
  }

  /** Counts what is read, and lets something happen before the reader goes on. */
  private static final class Slow implements Sessions {
    private final Sessions sessions;
    private final AtomicInteger reads = new AtomicInteger();
    private volatile Runnable afterReading = () -> {};

    Slow(Sessions sessions) {
      this.sessions = sessions;
    }

    @Override
    public Optional<AuthenticatedUser> live(SessionId id, Instant now) {
      reads.incrementAndGet();
      Optional<AuthenticatedUser> who = sessions.live(id, now);
      afterReading.run();
      return who;
    }

    @Override
    public Map<SessionId, AuthenticatedUser> liveAmong(Set<SessionId> ids, Instant now) {
      return sessions.liveAmong(ids, now);
    }

    @Override
    public boolean isLive(SessionId id, Instant now) {
      return sessions.isLive(id, now);
    }

    @Override
    public void open(Session session) {
      sessions.open(session);
    }

    @Override
    public List<Session> of(AccountId account, Instant now) {
      return sessions.of(account, now);
    }

    @Override
    public void end(SessionId id) {
      sessions.end(id);
    }

    @Override
    public List<SessionId> endAll(AccountId account) {
      return sessions.endAll(account);
    }

    @Override
    public void forgetExpired(Instant now) {
      sessions.forgetExpired(now);
    }
  }
}
