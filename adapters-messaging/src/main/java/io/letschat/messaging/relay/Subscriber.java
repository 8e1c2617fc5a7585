package io.letschat.messaging.relay;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Keeps one connection that listens, as long as it is not closed. Each connection has a {@link
 * Subscription} of its own; the rooms that are wanted outlive it.
 */
final class Subscriber implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Subscriber.class);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration WAIT = Duration.ofMillis(500);

  /** Longer than between two pings: whoever says nothing for so long is gone. */
  private static final int SILENCE_MS = 6_000;

  private static final int CONNECT_MS = 2_000;

  private final RelayEndpoint redis;
  private final String uid;
  private final Channels channels;
  private final SubscriptionRegistry rooms = new SubscriptionRegistry();
  private final LongAdder connects = new LongAdder();
  private volatile boolean closed;
  private volatile @Nullable Connection connection;

  Subscriber(RelayEndpoint redis, String uid, Channels channels) {
    this.redis = redis;
    this.uid = uid;
    this.channels = channels;
  }

  void start(RelayListener listener) {
    Thread.ofPlatform().daemon().name("relay-subscribe").start(() -> run(listener));
  }

  void listen(String room) {
    Optional<CompletableFuture<Void>> heard = rooms.add(room);
    if (heard.isEmpty()) {
      return;
    }
    try {
      heard.get().get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException late) {
      log.debug("not yet subscribed to the channel of room {}", room);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void listenSoon(String room) {
    rooms.add(room);
  }

  void ignore(String room) {
    rooms.remove(room);
  }

  boolean isConnected() {
    return rooms.isConnected();
  }

  long connects() {
    return connects.sum();
  }

  private void run(RelayListener listener) {
    Duration pause = SHORTEST_PAUSE;
    while (!closed) {
      try (Connection fresh =
          new Connection(redis.hostAndPort(), redis.config(CONNECT_MS, SILENCE_MS))) {
        connection = fresh;
        connects.increment();
        pause = SHORTEST_PAUSE;
        var subscription = new Subscription(rooms, uid, channels, listener);
        try {
          subscription.run(fresh);
        } finally {
          rooms.disconnected();
        }
      } catch (JedisException e) {
        if (!closed) {
          log.warn("the Redis subscription failed: {}", e.toString());
        }
      } catch (RuntimeException e) {
        log.error("handling a message from Redis failed", e);
      }
      pause = rest(pause);
    }
  }

  private Duration rest(Duration pause) {
    try {
      if (!closed) {
        Thread.sleep(pause);
      }
    } catch (InterruptedException e) {
      closed = true;
    }
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }

  @Override
  public void close() {
    closed = true;
    Connection open = connection;
    if (open != null) {
      // Wakes the thread that reads.
      open.disconnect();
    }
  }
}
