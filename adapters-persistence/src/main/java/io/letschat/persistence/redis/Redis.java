package io.letschat.persistence.redis;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * The connections to one Redis. Opening does not connect. A call takes half a second at most to
 * connect, and as long to be answered; once one has failed, the others fail at once for a second,
 * so that a Redis that is away costs nobody more than that.
 */
public final class Redis implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Redis.class);
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int CONNECTIONS = 16;

  private static final long WELL = Long.MIN_VALUE;

  private final RedisClient client;

  /** When it may be tried again, by {@link System#nanoTime}; {@link #WELL} while it answers. */
  private final AtomicLong tryAgain = new AtomicLong(WELL);

  private final LongAdder failures = new LongAdder();

  private Redis(URI address) {
    var pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxIdle(CONNECTIONS);
    pool.setMaxWait(PATIENCE);
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
   */
  public static Redis open(URI address) {
    return new Redis(address);
  }

  /** Whether it answered when it was asked the last time; never waits. */
  public boolean isAnswering() {
    return tryAgain.get() == WELL;
  }

  /** How often it did not answer, or only with a refusal. */
  public long failures() {
    return failures.sum();
  }

  /** Whether it answers, asked now; it takes a second at most to say no. */
  public boolean isReady() {
    try {
      return "PONG".equals(client.ping());
    } catch (JedisException e) {
      return false;
    }
  }

  /**
   * @throws RedisAway if it does not answer, or has not just now
   */
  <T> T ask(Function<RedisClient, T> question) {
    long again = tryAgain.get();
    // Of those who find the pause over, one tries; the others are spared the wait.
    if (again != WELL
        && (System.nanoTime() - again < 0
            || !tryAgain.compareAndSet(again, System.nanoTime() + PAUSE.toNanos()))) {
      throw new RedisAway("Redis did not answer a moment ago", null);
    }
    try {
      T answer = question.apply(client);
      if (tryAgain.getAndSet(WELL) != WELL) {
        log.info("Redis answers again");
      }
      return answer;
    } catch (JedisException e) {
      // Also when it answers with a refusal: it is loading, full, read-only or will not let us in.
      throw away(e);
    }
  }

  private RedisAway away(JedisException cause) {
    failures.increment();
    if (tryAgain.getAndSet(System.nanoTime() + PAUSE.toNanos()) == WELL) {
      log.warn("Redis does not answer: {}", cause.toString());
    }
    return new RedisAway("Redis does not answer", cause);
  }

  @Override
  public void close() {
    client.close();
  }
}
