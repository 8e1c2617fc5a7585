package io.letschat.application.delivery;

import io.letschat.application.Scheduler;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomEpoch;
import io.letschat.domain.room.RoomId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One room's messages on this node, in order. It knows the number that was delivered last: a lower
 * one is dropped, the next one is delivered, a higher one waits until the gap before it is filled,
 * from the log if it does not fill itself.
 *
 * <p>A connection subscribes at a position, which is what its ack names. What is delivered until
 * the ack is written is kept for it, and handed over when the subscription is activated: it misses
 * nothing and sees nothing twice.
 */
final class RoomStream {
  /** How long a gap may stay open before the log is asked. */
  static final Duration PATIENCE = Duration.ofMillis(50);

  private static final int PAGE = 500;

  private final RoomId room;
  private final RoomStreams streams;
  private final MessageLog log;
  private final LocalSubscribers subscribers;
  private final Scheduler scheduler;

  private final ReentrantLock lock = new ReentrantLock();

  /** Of those connections that are in the room and do not get its messages yet. */
  private final Map<Connection, PendingSubscription> pending = new HashMap<>();

  private record Offered(Message message, DeliveryObserver.Source source) {}

  private final TreeMap<Seq, Offered> ahead = new TreeMap<>();
  private @Nullable Seq delivered;

  /** Of the numbers that are counted here, set with the first: it does not change meanwhile. */
  private @Nullable RoomEpoch epoch;

  private boolean filling;

  private final DeliveryObserver observer;
  private final SequenceGap gap;

  RoomStream(
      RoomId room,
      RoomStreams streams,
      MessageLog log,
      LocalSubscribers subscribers,
      Scheduler scheduler,
      DeliveryObserver observer) {
    this.room = room;
    this.streams = streams;
    this.log = log;
    this.subscribers = subscribers;
    this.scheduler = scheduler;
    this.observer = observer;
    this.gap = new SequenceGap(observer);
  }

  RoomId room() {
    return room;
  }

  /** From now on, what is delivered after its position is kept for the connection. */
  PendingSubscription subscribe(Connection connection) {
    lock.lock();
    try {
      MessageLog.Head head = head();
      if (!streams.registry().add(room, connection) && !pending.containsKey(connection)) {
        subscribers.remove(room, connection);
      }
      var subscription = new PendingSubscription(this, streams, connection, head);
      pending.put(connection, subscription);
      return subscription;
    } finally {
      lock.unlock();
    }
  }

  /** Under the lock, so that nobody is told a number before there is a place to count from. */
  private MessageLog.Head head() {
    RoomEpoch ofNumbers = epoch;
    if (ofNumbers == null) {
      MessageLog.Head head = log.head(room);
      ofNumbers = head.epoch();
      epoch = ofNumbers;
      delivered = head.last();
      ahead.headMap(head.last(), true).clear();
      drain();
    }
    if (delivered == null) {
      throw new IllegalStateException("the stream of room " + room + " has not begun");
    }
    return new MessageLog.Head(delivered, ofNumbers);
  }

  /** Hands over what was kept. False, and without effect, for one that has ended. */
  boolean activate(PendingSubscription subscription) {
    Connection connection = subscription.connection();
    lock.lock();
    try {
      if (!pending.remove(connection, subscription)) {
        return false;
      }
      subscription.handOver();
      subscribers.add(room, connection);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** False if it was not here. */
  boolean unsubscribe(Connection connection) {
    lock.lock();
    try {
      if (!streams.registry().remove(room, connection)) {
        return false;
      }
      pending.remove(connection);
      subscribers.remove(room, connection);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** What was sent to all active subscriptions goes up to there; empty before the first one. */
  Optional<Seq> position() {
    lock.lock();
    try {
      return Optional.ofNullable(delivered);
    } finally {
      lock.unlock();
    }
  }

  /** The log has messages up to {@code head}: whatever of them does not come by itself is read. */
  void reachesTo(Seq head) {
    lock.lock();
    try {
      if (!isBehind(head)) {
        return;
      }
      gap.isBefore(head);
    } finally {
      lock.unlock();
    }
    scheduler.after(
        PATIENCE,
        () -> {
          if (position().filter(head::isAfter).isPresent()) {
            catchUp();
          }
        });
  }

  private boolean isBehind(Seq seq) {
    return delivered != null && seq.isAfter(delivered);
  }

  void offer(Message message, DeliveryObserver.Source source) {
    lock.lock();
    try {
      if (delivered != null && !isBehind(message.seq())) {
        return;
      }
      ahead.putIfAbsent(message.seq(), new Offered(message, source));
      drain();
      if (ahead.isEmpty() || delivered == null) {
        return;
      }
      gap.isBefore(ahead.firstKey());
      if (!filling) {
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
      Optional<Seq> from = position();
      if (from.isEmpty()) {
        return;
      }
      missed = log.after(room, from.get(), PAGE);
      missed.forEach(message -> offer(message, DeliveryObserver.Source.LOG));
    } while (missed.size() == PAGE);
  }

  private void fill() {
    try {
      if (hasGap()) {
        catchUp();
      }
    } finally {
      lock.lock();
      try {
        filling = !ahead.isEmpty() && streams.registry().hasSubscribers(room);
        if (filling) {
          scheduler.after(PATIENCE, this::fill);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean hasGap() {
    lock.lock();
    try {
      return !ahead.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void drain() {
    while (delivered != null && !ahead.isEmpty() && ahead.firstKey().equals(delivered.next())) {
      Offered next = ahead.pollFirstEntry().getValue();
      Message message = next.message();
      delivered = message.seq();
      subscribers.send(new RoomEvent.MessageSent(message));
      observer.delivered(message, next.source());
      gap.isFilledTo(delivered, next.source());
      pending.values().forEach(subscription -> subscription.keep(message));
    }
  }
}
