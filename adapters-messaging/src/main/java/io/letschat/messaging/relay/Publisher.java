package io.letschat.messaging.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/** One thread publishes what all others have put in a line; many at once, where many wait. */
final class Publisher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Publisher.class);
  private static final int LINE = 10_000;
  private static final int AT_ONCE = 256;

  /** In all that wait; answers to requests may be large. */
  private static final long MOST_BYTES = 64 << 20;

  private static final long BETWEEN_LOOKS_NS = 250_000_000L;
  private static final int PATIENCE_MS = 1_000;
  private static final CommandArguments NUMPAT =
      new CommandArguments(Protocol.Command.PUBSUB).add("NUMPAT");

  private record Waiting(byte[] channel, byte[] message) {}

  private final BlockingQueue<Waiting> line = new ArrayBlockingQueue<>(LINE);
  private final AtomicLong bytes = new AtomicLong();
  private final LongAdder dropped = new LongAdder();
  private final RedisClient client;
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean patterns;
  // Only touched by the thread that publishes.
  private boolean failing;
  private long lastLook = System.nanoTime() - BETWEEN_LOOKS_NS;

  Publisher(RelayEndpoint redis) {
    var pool = new ConnectionPoolConfig();
    pool.setMaxTotal(1);
    client =
        RedisClient.builder()
            .hostAndPort(redis.hostAndPort())
            .clientConfig(redis.config(PATIENCE_MS, PATIENCE_MS))
            .poolConfig(pool)
            .build();
    thread = Thread.ofPlatform().daemon().name("relay-publish").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void publish(byte[] channel, byte[] message) {
    if (closed || !hasRoomFor(message) || !line.offer(new Waiting(channel, message))) {
      dropped.increment();
    } else {
      bytes.addAndGet(message.length);
    }
  }

  /** Roughly, when several threads come at once. */
  private boolean hasRoomFor(byte[] message) {
    return bytes.get() + message.length <= MOST_BYTES;
  }

  /** Whether somebody listens by a pattern, when last looked. */
  boolean patternsAreHeard() {
    return patterns;
  }

  int waiting() {
    return line.size();
  }

  long dropped() {
    return dropped.sum();
  }

  private void run() {
    List<Waiting> batch = new ArrayList<>(AT_ONCE);
    try {
      while (!closed || !line.isEmpty()) {
        Waiting first = line.poll(50, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          line.drainTo(batch, AT_ONCE - 1);
          taken(batch);
          publish(batch);
          batch.clear();
        }
        if (!failing && !closed && System.nanoTime() - lastLook > BETWEEN_LOOKS_NS) {
          lookForPatterns();
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void taken(List<Waiting> batch) {
    batch.forEach(waiting -> bytes.addAndGet(-waiting.message.length));
  }

  private void publish(List<Waiting> batch) throws InterruptedException {
    try (Pipeline pipeline = client.pipelined()) {
      for (Waiting waiting : batch) {
        pipeline.publish(waiting.channel, waiting.message);
      }
      pipeline.sync();
      failing = false;
    } catch (JedisException e) {
      // It is old by the time Redis is back; the others look in the database.
      List<Waiting> given = new ArrayList<>();
      line.drainTo(given);
      taken(given);
      dropped.add(batch.size() + given.size());
      if (!failing) {
        failing = true;
        log.warn("publishing to Redis failed: {}", e.toString());
      }
      if (!closed) {
        Thread.sleep(200);
      }
    }
  }

  /** The channels of such names that somebody hears; empty where Redis cannot be asked. */
  List<String> channels(String pattern) {
    try {
      Object found =
          client.executeCommand(
              new CommandArguments(Protocol.Command.PUBSUB).add("CHANNELS").add(pattern));
      return found instanceof List<?> names
          ? names.stream()
              .map(name -> name instanceof byte[] bytes ? new String(bytes, UTF_8) : "" + name)
              .toList()
          : List.of();
    } catch (JedisException e) {
      log.warn("discovering the other nodes on Redis failed: {}", e.toString());
      return List.of();
    }
  }

  private void lookForPatterns() {
    try {
      patterns = client.executeCommand(NUMPAT) instanceof Long heard && heard > 0;
    } catch (JedisException e) {
      log.debug("reading the pattern subscriptions of Redis failed: {}", e.toString());
    }
    lastLook = System.nanoTime();
  }

  @Override
  public void close() {
    closed = true;
    try {
      if (!thread.join(Duration.ofSeconds(1))) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalThreadStateException neverStarted) {
      log.debug("the Redis subscription ended before it started");
    }
    client.close();
  }
}
