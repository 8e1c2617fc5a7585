package io.letschat.application.delivery;

import io.letschat.application.Scheduler;
import io.letschat.domain.account.UserId;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomEpoch;
import io.letschat.domain.room.RoomId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One room's messages on this node, in order. It knows the number that was delivered last: a lower
 * one is dropped, the next one is delivered, a higher one waits until the hole before it is filled,
 * from the log if it does not fill itself.
 *
 * <p>A connection arrives at a position, which is what its ack names. What is delivered until the
 * ack is written is kept for it, and handed over when it goes live: it misses nothing and sees
 * nothing twice.
 */
final class RoomStream {
  /** How long a hole may stay open before the log is asked. */
  static final Duration PATIENCE = Duration.ofMillis(50);

  private static final int PAGE = 500;

  private final RoomId room;
  private final MessageLog log;
  private final LocalSubscribers audience;
  private final Scheduler scheduler;

  private final ReentrantLock lock = new ReentrantLock();

  /** Those who arrive, with what is kept for them; null for those who are live. */
  private final Map<Connection, @Nullable List<Message>> connections = new HashMap<>();

  private record Offered(Message message, DeliveryObserver.Way way) {}

  private final TreeMap<Seq, Offered> ahead = new TreeMap<>();
  private @Nullable Seq delivered;

  /** Of the numbers that are counted here, set with the first: it does not change meanwhile. */
  private @Nullable RoomEpoch epoch;

  private boolean filling;

  private final DeliveryObserver watch;
  private final SequenceGap hole;

  RoomStream(
      RoomId room,
      MessageLog log,
      LocalSubscribers audience,
      Scheduler scheduler,
      DeliveryObserver watch) {
    this.room = room;
    this.log = log;
    this.audience = audience;
    this.scheduler = scheduler;
    this.watch = watch;
    this.hole = new SequenceGap(watch);
  }

  /** From now on, what is delivered after the returned number is kept for the connection. */
  MessageLog.Head arrive(Connection connection) {
    lock.lock();
    try {
      RoomEpoch ofNumbers = epoch;
      if (ofNumbers == null) {
        // Under the lock, so that nobody is told a number before the feed has a place to count
        // from.
        MessageLog.Head head = log.head(room);
        ofNumbers = head.epoch();
        epoch = ofNumbers;
        delivered = head.last();
        ahead.headMap(head.last(), true).clear();
        drain();
      }
      if (connections.containsKey(connection)) {
        audience.remove(room, connection);
      }
      connections.put(connection, new ArrayList<>());
      return new MessageLog.Head(delivered(), ofNumbers);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Hands over what was kept; the connection listens from now on. Without effect if it has left.
   */
  void goLive(Connection connection) {
    lock.lock();
    try {
      List<Message> kept = connections.get(connection);
      if (kept != null) {
        kept.forEach(message -> connection.send(new RoomEvent.MessageSent(message)));
        connections.put(connection, null);
        audience.add(room, connection);
      }
    } finally {
      lock.unlock();
    }
  }

  /** False if it was not here. */
  boolean leave(Connection connection) {
    lock.lock();
    try {
      if (!connections.containsKey(connection)) {
        return false;
      }
      connections.remove(connection);
      audience.remove(room, connection);
      return true;
    } finally {
      lock.unlock();
    }
  }

  boolean hasBegun() {
    return position().isPresent();
  }

  /** What was sent to everybody who is live goes up to there. */
  Optional<Seq> position() {
    lock.lock();
    try {
      return Optional.ofNullable(delivered);
    } finally {
      lock.unlock();
    }
  }

  boolean has(Connection connection) {
    lock.lock();
    try {
      return connections.containsKey(connection);
    } finally {
      lock.unlock();
    }
  }

  /** The log has messages up to {@code head}: whatever of them does not come by itself is read. */
  void reachesTo(Seq head) {
    if (lacks(head)) {
      scheduler.after(
          PATIENCE,
          () -> {
            if (isBehind(head)) {
              catchUp();
            }
          });
    }
  }

  private boolean lacks(Seq head) {
    lock.lock();
    try {
      boolean behind = isBehind(head);
      if (behind) {
        hole.isBefore(head);
      }
      return behind;
    } finally {
      lock.unlock();
    }
  }

  private boolean isBehind(Seq head) {
    lock.lock();
    try {
      return delivered != null && head.isAfter(delivered);
    } finally {
      lock.unlock();
    }
  }

  List<Connection> of(UserId user) {
    lock.lock();
    try {
      return connections.keySet().stream()
          .filter(connection -> connection.user().equals(user))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return connections.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  void offer(Message message, DeliveryObserver.Way way) {
    lock.lock();
    try {
      if (delivered != null && !message.seq().isAfter(delivered)) {
        return;
      }
      ahead.putIfAbsent(message.seq(), new Offered(message, way));
      drain();
      if (!ahead.isEmpty() && delivered != null) {
        hole.isBefore(ahead.firstKey());
      }
      if (!ahead.isEmpty() && delivered != null && !filling) {
        filling = true;
        scheduler.after(PATIENCE, this::fill);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Compares with the log: whatever it has beyond what was delivered is delivered now. */
  void catchUp() {
    List<Message> missed;
    do {
      Seq from;
      lock.lock();
      try {
        if (delivered == null) {
          return;
        }
        from = delivered;
      } finally {
        lock.unlock();
      }
      missed = log.after(room, from, PAGE);
      missed.forEach(message -> offer(message, DeliveryObserver.Way.LOG));
    } while (missed.size() == PAGE);
  }

  private void fill() {
    try {
      boolean hole;
      lock.lock();
      try {
        hole = !ahead.isEmpty();
      } finally {
        lock.unlock();
      }
      if (hole) {
        catchUp();
      }
    } finally {
      lock.lock();
      try {
        filling = !ahead.isEmpty() && !connections.isEmpty();
        if (filling) {
          scheduler.after(PATIENCE, this::fill);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private void drain() {
    while (delivered != null && !ahead.isEmpty() && ahead.firstKey().equals(delivered.next())) {
      Offered next = ahead.pollFirstEntry().getValue();
      Message message = next.message();
      delivered = message.seq();
      audience.send(new RoomEvent.MessageSent(message));
      watch.delivered(message, next.way());
      hole.isFilledTo(delivered, next.way());
      for (List<Message> kept : connections.values()) {
        if (kept != null) {
          kept.add(message);
        }
      }
    }
  }

  private Seq delivered() {
    if (delivered == null) {
      throw new IllegalStateException("the feed of room " + room + " has not begun");
    }
    return delivered;
  }
}
