package io.letschat.messaging.relay;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisURIHelper;

/** One thread publishes what all others have put in a line; many at once, where many wait. */
final class Publisher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Publisher.class);
  private static final int LINE = 10_000;
  private static final int AT_ONCE = 256;
  private static final int PATIENCE_MS = 1_000;

  private record Waiting(byte[] channel, byte[] message) {}

  private final BlockingQueue<Waiting> line = new ArrayBlockingQueue<>(LINE);
  private final LongAdder dropped = new LongAdder();
  private final RedisClient client;
  private final Thread thread;
  private volatile boolean closed;
  private boolean failing;

  Publisher(URI redis) {
    var pool = new ConnectionPoolConfig();
    pool.setMaxTotal(1);
    client =
        RedisClient.builder()
            .hostAndPort(JedisURIHelper.getHostAndPort(redis))
            .clientConfig(
                DefaultJedisClientConfig.builder(redis)
                    .timeoutMillis(PATIENCE_MS)
                    .clientName("letschat-relay")
                    .build())
            .poolConfig(pool)
            .build();
    thread = Thread.ofPlatform().daemon().name("relay-publish").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void publish(byte[] channel, byte[] message) {
    if (closed || !line.offer(new Waiting(channel, message))) {
      dropped.increment();
    }
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
          publish(batch);
          batch.clear();
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
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
      dropped.add(batch.size() + line.size());
      line.clear();
      if (!failing) {
        failing = true;
        log.warn("nothing reaches the other nodes: {}", e.toString());
      }
      if (!closed) {
        Thread.sleep(200);
      }
    }
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
      log.debug("the relay ends before it began");
    }
    client.close();
  }
}
