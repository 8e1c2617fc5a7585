package io.letschat.messaging.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;

/**
 * What one connection hears. It begins with the channels that every node hears, asks for the rooms
 * when Redis has confirmed these, and says that it is connected when it hears all rooms.
 */
final class Subscription extends BinaryJedisPubSub implements SubscriptionRegistry.Channels {
  private static final Logger log = LoggerFactory.getLogger(Subscription.class);

  private static final Duration BETWEEN_PINGS = Duration.ofSeconds(2);

  private static final int LARGEST = 16 << 20;

  /** Rooms of the chat; there are others, such as the ids of sockets. */
  private static final Pattern ROOM = Pattern.compile("[0-9]{1,19}");

  private final SubscriptionRegistry rooms;
  private final String uid;
  private final Channels channels;

  /** The channels of all servers. */
  private final Set<String> common;

  private final RelayListener listener;

  /** Who writes to the connection; Jedis leaves that to its callers. */
  private final ReentrantLock writing = new ReentrantLock();

  /** Only touched by the thread that reads. */
  private final Set<String> awaited = new HashSet<>();

  private int begun;

  Subscription(SubscriptionRegistry rooms, String uid, Channels channels, RelayListener listener) {
    this.rooms = rooms;
    this.uid = uid;
    this.channels = channels;
    this.common = Set.of(channels.all(), channels.news(), channels.requests());
    this.listener = listener;
  }

  /** Returns, by an exception, when the connection is gone. */
  void run(Connection connection) {
    Thread pings = Thread.ofVirtual().name("relay-ping").start(() -> pingUntilInterrupted());
    try {
      proceed(connection, common.stream().map(Subscription::bytes).toArray(byte[][]::new));
    } finally {
      pings.interrupt();
    }
  }

  @Override
  public void onSubscribe(byte[] channel, int count) {
    String name = new String(channel, UTF_8);
    if (common.contains(name)) {
      begun++;
      if (begun == common.size()) {
        awaited.addAll(rooms.connected(this));
        tellIfAllIsHeard();
      }
      return;
    }
    String room = room(name);
    rooms.heard(room);
    if (awaited.remove(room)) {
      tellIfAllIsHeard();
    }
  }

  @Override
  public void onUnsubscribe(byte[] channel, int count) {
    if (awaited.remove(room(new String(channel, UTF_8)))) {
      tellIfAllIsHeard();
    }
  }

  private void tellIfAllIsHeard() {
    if (awaited.isEmpty()) {
      log.info("subscribed to Redis");
      listener.connected();
    }
  }

  @Override
  public void onMessage(byte[] channel, byte[] message) {
    String name = new String(channel, UTF_8);
    if (ROOM.matcher(room(name)).matches()) {
      MDC.put("room_id", room(name));
    }
    try {
      heard(name, message).run();
    } catch (RuntimeException e) {
      log.error("handling a message of another server failed", e);
    } finally {
      MDC.clear();
    }
  }

  private Runnable heard(String channel, byte[] message) {
    try {
      if (message.length > LARGEST) {
        throw new IOException("too large");
      }
      if (channel.equals(channels.news())) {
        Object news = MessagePack.read(message);
        return () -> news(news);
      }
      if (channel.equals(channels.requests())) {
        var request = ClusterRequestCodec.read(message);
        return () -> request.ifPresent(listener::asked);
      }
      Object decoded = MessagePack.read(message);
      var ofNode = NodePacket.of(decoded);
      if (ofNode.isPresent()) {
        return () -> ofNode.filter(said -> !said.from().equals(uid)).ifPresent(this::ofNode);
      }
      var event = AdapterCodec.of(decoded).filter(said -> !said.from().equals(uid));
      return () -> event.ifPresent(listener::event);
    } catch (IOException | RuntimeException e) {
      log.debug("malformed message on the relay: {}", e.getClass().getName());
      return () -> listener.refused("malformed");
    }
  }

  private void ofNode(NodePacket packet) {
    listener.nodeEvent(packet.from(), packet.content());
  }

  private void news(@Nullable Object message) {
    if (message instanceof List<?> parts
        && parts.size() == 2
        && parts.get(0) instanceof String from
        && !uid.equals(from)
        && parts.get(1) instanceof List<?> news) {
      listener.announced(from, new ArrayList<>(news));
    }
  }

  @Override
  public void subscribe(List<String> wanted) {
    write(() -> subscribe(channelsOf(wanted)));
  }

  @Override
  public void unsubscribe(List<String> unwanted) {
    write(() -> unsubscribe(channelsOf(unwanted)));
  }

  private void pingUntilInterrupted() {
    try {
      while (!Thread.interrupted()) {
        Thread.sleep(BETWEEN_PINGS);
        // Asks for what it has, which is answered. The library's own ping may overtake what it
        // notes
        // about it, and then takes the answer for an error and the connection for lost.
        write(() -> subscribe(bytes(channels.news())));
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Runnable command) {
    writing.lock();
    try {
      command.run();
    } catch (JedisException gone) {
      // The thread that reads notices, too, and begins again.
      log.debug("could not be written: {}", gone.toString());
    } finally {
      writing.unlock();
    }
  }

  private byte[][] channelsOf(List<String> names) {
    return names.stream().map(channels::of).toArray(byte[][]::new);
  }

  private String room(String channel) {
    return channels.room(channel);
  }

  private static byte[] bytes(String name) {
    return name.getBytes(UTF_8);
  }
}
