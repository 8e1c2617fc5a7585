package io.letschat.persistence.redis;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.util.JedisURIHelper;
import redis.clients.jedis.util.Pool;

/**
 * The connections to one Redis. Opening does not connect. A call takes half a second at most to get
 * a connection, and as long to be answered; once one has failed, a {@link RedisCircuitBreaker}
 * makes the others fail at once for a second, so that a Redis that is away costs nobody more than
 * that.
 *
 * <p>After a restart of Redis, or a change to another one at the same address, the connections that
 * were open are dead, or lead to one that takes no writes. The first call that notices throws them
 * all away and is made again.
 */
public final class Redis implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /** Those that nobody uses are looked at so often, and closed where they are dead. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  private static final int CONNECTIONS = 16;

  private static final String ANY_PREFIX = "letschat:";
  private static final SetParams READY_FOR_A_MINUTE = SetParams.setParams().px(60_000);

  /** Not that it is loading, full or has too many clients. */
  private static final Pattern FOR_GOOD =
      Pattern.compile("NOAUTH|WRONGPASS|NOPERM|ERR (?!max number of clients)");

  private final RedisClient client;

  /** What every key begins with: {@code letschat:<installation>:}. */
  private final String prefix;

  private final RedisCircuitBreaker circuitBreaker = new RedisCircuitBreaker();
  private final LongAdder repeated = new LongAdder();

  private Redis(URI address, String installation) {
    prefix = ANY_PREFIX + installation + ":";
    var pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxIdle(CONNECTIONS);
    pool.setMaxWait(PATIENCE);
    pool.setTestWhileIdle(true);
    pool.setTimeBetweenEvictionRuns(BETWEEN_LOOKS);
    client =
        RedisClient.builder()
            .hostAndPort(JedisURIHelper.getHostAndPort(address))
            .clientConfig(
                DefaultJedisClientConfig.builder(address)
                    .connectionTimeoutMillis((int) PATIENCE.toMillis())
                    .socketTimeoutMillis((int) PATIENCE.toMillis())
                    .clientName("letschat")
                    .build())
            .poolConfig(pool)
            .build();
  }

  /**
   * @param address as {@link RedisUrl} reads it
   * @param installation which LetsChat this is: several may use one Redis
   */
  public static Redis open(URI address, String installation) {
    return new Redis(address, installation);
  }

  /** The key of that name, which no other installation has. */
  public String key(String name) {
    return prefix + name;
  }

  /** The script with the keys that it names itself, as {@code letschat:…}, being ours. */
  public String script(String text) {
    return text.replace(ANY_PREFIX, prefix);
  }

  /** Whether it answered when it was asked the last time; never waits. */
  public boolean isAnswering() {
    return circuitBreaker.isClosed();
  }

  /** How often it did not answer, or only with a refusal. */
  public long failures() {
    return circuitBreaker.failures();
  }

  /**
   * Whether it answers and can be written, asked now; it takes a second at most to say no. One that
   * is full, or a replica, still answers what is only read.
   */
  public boolean isReady() {
    try {
      return "OK".equals(answer(client -> client.set(key("ready"), "1", READY_FOR_A_MINUTE), true));
    } catch (RedisUnavailable unavailable) {
      return false;
    }
  }

  /**
   * What it says against the address itself, such as a wrong password or a database that it has
   * not; it will not pass. Empty where it lets us in, or cannot be asked just now.
   */
  public Optional<String> refusal() {
    try {
      client.ping();
    } catch (RuntimeException e) {
      for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof JedisDataException && FOR_GOOD.matcher(message).lookingAt()) {
          return Optional.of(message);
        }
      }
    }
    return Optional.empty();
  }

  /** Tells of its connections. */
  public void measure(MeterRegistry registry) {
    Pool<Connection> pool = client.getPool();
    connections(registry, "active", pool, Pool::getNumActive);
    connections(registry, "idle", pool, Pool::getNumIdle);
    connections(registry, "awaited", pool, Pool::getNumWaiters);
    FunctionCounter.builder("letschat.redis.repeated", repeated, LongAdder::sum)
        .description("Calls made again because their connection was found dead")
        .register(registry);
  }

  private static void connections(
      MeterRegistry registry,
      String state,
      Pool<Connection> pool,
      Function<Pool<Connection>, Integer> count) {
    Gauge.builder("letschat.redis.connections", pool, each -> count.apply(each))
        .description("Connections to Redis in use and not, and how many calls wait for one")
        .tag("state", state)
        .register(registry);
  }

  /**
   * Asks something that may be asked again where it is not known whether the first time arrived.
   *
   * @throws RedisUnavailable if it does not answer, or has not just now
   */
  public <T> T ask(Function<RedisClient, T> question) {
    return ask(question, true);
  }

  /**
   * Asks something that must not happen twice.
   *
   * @throws RedisUnavailable if it does not answer, or has not just now
   */
  public <T> T askOnce(Function<RedisClient, T> question) {
    return ask(question, false);
  }

  private <T> T ask(Function<RedisClient, T> question, boolean repeatable) {
    circuitBreaker.admit();
    return answer(question, repeatable);
  }

  private <T> T answer(Function<RedisClient, T> question, boolean repeatable) {
    T answer;
    try {
      answer = question.apply(client);
    } catch (RuntimeException e) {
      if (!isOfItsConnection(e)) {
        throw circuitBreaker.failed(e);
      }
      // The others that are open are not better than this one was.
      client.getPool().clear();
      if (!repeatable) {
        throw circuitBreaker.failed(e);
      }
      answer = retry(question);
    }
    circuitBreaker.succeeded();
    return answer;
  }

  private <T> T retry(Function<RedisClient, T> question) {
    repeated.increment();
    try {
      return question.apply(client);
    } catch (RuntimeException e) {
      throw circuitBreaker.failed(e);
    }
  }

  /**
   * Whether another connection may do better: this one was closed by the other side, is out of
   * step, or leads to a Redis that has become a replica. Not where the time was up.
   */
  private static boolean isOfItsConnection(RuntimeException failure) {
    return switch (failure) {
      case JedisConnectionException broken -> !isTimeout(broken);
      case JedisDataException refusal ->
          refusal.getMessage() != null && refusal.getMessage().startsWith("READONLY");
      case JedisException other -> false;
      // Something came that was no answer to what was asked.
      default -> true;
    };
  }

  private static boolean isTimeout(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    client.close();
  }
}
