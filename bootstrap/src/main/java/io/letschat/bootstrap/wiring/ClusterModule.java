package io.letschat.bootstrap.wiring;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import io.letschat.application.Scheduler;
import io.letschat.application.delivery.RoomStreams;
import io.letschat.application.limit.RateLimiter;
import io.letschat.application.presence.Presence;
import io.letschat.application.presence.RoomPresence;
import io.letschat.application.recovery.RecoveryStateStore;
import io.letschat.bootstrap.settings.SettingsRefused;
import io.letschat.domain.account.UserId;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.limit.Rate;
import io.letschat.domain.room.RoomId;
import io.letschat.messaging.cluster.ClusterBusModule;
import io.letschat.messaging.relay.Channels;
import io.letschat.messaging.relay.Relay;
import io.letschat.messaging.relay.RelayListener;
import io.letschat.persistence.redis.Redis;
import io.letschat.persistence.redis.account.SessionCache;
import io.letschat.persistence.redis.limit.RedisRateLimiter;
import io.letschat.persistence.redis.presence.RedisPresence;
import io.letschat.persistence.redis.recovery.RedisRecoveryStateStore;
import io.letschat.web.health.ReadyCheck;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * With {@code REDIS_URL}: limits, presence, relay and the memory of sessions are shared with the
 * other nodes. A node is a new one after each start.
 */
public final class ClusterModule extends AbstractModule implements AutoCloseable {
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final Duration COMPARISON = Duration.ofSeconds(2);
  private static final Duration CATCHING_UP = Duration.ofMillis(500);

  private final Redis redis;
  private final Relay relay;
  private final RedisPresence presence;
  private final SessionCache sessions;
  private final Map<Limit, Rate> limits;
  private final String installation;

  /** Empty until {@link #begin}. */
  private Optional<RoomPresence> announced = Optional.empty();

  /**
   * @param channels what is shared with servers of another kind, and which installation this is
   */
  public ClusterModule(
      URI address, Channels channels, Map<Limit, Rate> limits, SecureRandom random) {
    installation = channels.installation();
    byte[] bits = new byte[12];
    random.nextBytes(bits);
    String node = ClusterBusModule.uidPrefix(installation) + HexFormat.of().formatHex(bits);
    this.limits = limits;
    redis = Redis.open(address, installation);
    relay = Relay.to(address, node, channels);
    presence = new RedisPresence(redis, node);
    sessions = new SessionCache(redis);
  }

  @Override
  protected void configure() {
    bind(RateLimiter.class).toInstance(new RedisRateLimiter(redis, limits));
    bind(Presence.class).toInstance(presence);
    OptionalBinder.newOptionalBinder(binder(), SessionCache.class)
        .setBinding()
        .toInstance(sessions);
    bind(RecoveryStateStore.class).toInstance(new RedisRecoveryStateStore(redis));
    install(new ClusterBusModule(relay, installation));
    Multibinder.newSetBinder(binder(), ReadyCheck.class)
        .addBinding()
        .toInstance(new RedisCheck(redis));
  }

  /**
   * Two installations with the same channels would mix their rooms, which have the same numbers.
   *
   * @throws SettingsRefused if another one is there already
   */
  public void insistOnOwnChannels() throws SettingsRefused {
    Set<String> others = relay.otherInstallations();
    if (!others.isEmpty()) {
      throw new SettingsRefused(
          List.of(
              "REDIS_KEY: another LetsChat ("
                  + String.join(", ", others)
                  + ") uses this Redis with the same key, and their rooms would mix, in whatever"
                  + " database of Redis each is. Give this one a key of its own, such as"
                  + " REDIS_KEY=letschat2."));
    }
  }

  /** From now on the others are heard, and hear of this node. */
  public void begin(Injector injector, Scheduler scheduler) {
    relay.start(injector.getInstance(RelayListener.class));
    RoomPresence rooms = injector.getInstance(RoomPresence.class);
    announced = Optional.of(rooms);
    RoomStreams streams = injector.getInstance(RoomStreams.class);
    heartbeat(rooms);
    scheduler.every(HEARTBEAT, () -> heartbeat(rooms));
    scheduler.every(COMPARISON, streams::compareWithLog);
    scheduler.every(CATCHING_UP, sessions::catchUp);
  }

  /** The state of Redis and of the way to the others. */
  void measure(MeterRegistry registry) {
    redis.measure(registry);
    sessions.measure(registry);
    Gauge.builder("letschat.redis.up", () -> redis.isAnswering() ? 1 : 0)
        .description("Whether Redis answered the last question")
        .register(registry);
    FunctionCounter.builder("letschat.redis.failures", redis, Redis::failures)
        .description("Questions that Redis did not answer")
        .register(registry);
    Gauge.builder("letschat.relay.up", () -> relay.isConnected() ? 1 : 0)
        .description("Whether the other nodes are heard")
        .register(registry);
    FunctionCounter.builder("letschat.relay.connects", relay, Relay::connects)
        .description("How often this node began to hear the others")
        .register(registry);
    Gauge.builder("letschat.relay.queue", relay::waiting)
        .description("What waits to be told to the other nodes")
        .register(registry);
    FunctionCounter.builder("letschat.relay.dropped", relay, Relay::dropped)
        .description("What the other nodes were not told, because Redis was away or slow")
        .register(registry);
  }

  private void heartbeat(RoomPresence rooms) {
    RedisPresence.HeartbeatResult result = presence.heartbeat();
    byRoom(result.gone()).forEach(rooms::gone);
    result.reconciled().forEach(room -> rooms.changed(room, false));
  }

  private static Map<RoomId, List<UserId>> byRoom(List<RedisPresence.Gone> gone) {
    return gone.stream()
        .collect(groupingBy(RedisPresence.Gone::room, mapping(RedisPresence.Gone::user, toList())));
  }

  /** Those who are still here go, and the others are told. */
  @Override
  public void close() {
    Set<RoomId> left = byRoom(presence.leave()).keySet();
    announced.ifPresent(rooms -> rooms.leftWithNode(left));
    relay.close();
    sessions.catchUp();
    redis.close();
  }

  private record RedisCheck(Redis redis) implements ReadyCheck {
    @Override
    public String name() {
      return "redis";
    }

    @Override
    public boolean isReady() {
      return redis.isReady();
    }
  }
}
