package io.letschat.application.delivery;

import io.letschat.application.Scheduler;
import io.letschat.application.delivery.cluster.ClusterBus;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The streams of the rooms that somebody on this node is subscribed to. A room without subscribers
 * has none.
 */
public final class RoomStreams {
  static final int COMPARED_AT_ONCE = 1000;

  private final MessageLog log;
  private final ConnectionRegistry registry;
  private final LocalSubscribers subscribers;
  private final Scheduler scheduler;
  private final ClusterBus others;
  private final DeliveryObserver observer;
  private final ConcurrentHashMap<RoomId, Holder> streams = new ConcurrentHashMap<>();

  /** A stream and how many callers are about to use it; only changed inside {@code compute}. */
  private record Holder(RoomStream stream, int users) {}

  public RoomStreams(
      MessageLog log,
      ConnectionRegistry registry,
      LocalSubscribers subscribers,
      Scheduler scheduler,
      ClusterBus others) {
    this(log, registry, subscribers, scheduler, others, DeliveryObserver.NONE);
  }

  public RoomStreams(
      MessageLog log,
      ConnectionRegistry registry,
      LocalSubscribers subscribers,
      Scheduler scheduler,
      ClusterBus others,
      DeliveryObserver observer) {
    this.log = log;
    this.registry = registry;
    this.subscribers = subscribers;
    this.scheduler = scheduler;
    this.others = others;
    this.observer = observer;
  }

  ConnectionRegistry registry() {
    return registry;
  }

  /**
   * A connection subscribes to a room. What comes after the position of the subscription reaches it
   * once that is active; a connection that was subscribed before gets nothing until then.
   */
  public PendingSubscription subscribe(RoomId room, Connection connection) {
    Holder held =
        streams.compute(
            room,
            (id, holder) ->
                holder == null
                    ? new Holder(newStream(id), 1)
                    : new Holder(holder.stream, holder.users + 1));
    try {
      if (held.stream.position().isEmpty()) {
        // Before the stream asks for the number to count from: what comes after it must be heard.
        others.listen(room);
      }
      return held.stream.subscribe(connection);
    } finally {
      release(room);
    }
  }

  private RoomStream newStream(RoomId room) {
    return new RoomStream(room, this, log, subscribers, scheduler, observer);
  }

  /**
   * The same for a connection that has got everything up to {@code atLeast} from another node, of
   * which this one may not have heard yet. The position is lower only if the log does not reach so
   * far.
   */
  public PendingSubscription subscribe(RoomId room, Connection connection, Seq atLeast) {
    PendingSubscription subscription = subscribe(room, connection);
    Holder holder = streams.get(room);
    if (holder == null || !atLeast.isAfter(subscription.position())) {
      return subscription;
    }
    holder.stream.catchUp();
    return subscribe(room, connection);
  }

  /** The connection hears nothing more of the room. False if it was not there. */
  public boolean unsubscribe(RoomId room, Connection connection) {
    Holder holder = streams.get(room);
    boolean left = holder != null && holder.stream.unsubscribe(connection);
    streams.computeIfPresent(room, (id, known) -> unlessUnused(id, known));
    return left;
  }

  /**
   * The number up to which the room's messages have been sent to the active subscriptions; empty if
   * there is none.
   */
  public Optional<Seq> position(RoomId room) {
    return Optional.ofNullable(streams.get(room)).flatMap(holder -> holder.stream.position());
  }

  /** How many rooms somebody on this node is subscribed to. */
  public int rooms() {
    return streams.size();
  }

  /** Whether somebody on this node is subscribed to the room, or about to be. */
  public boolean anybodyIn(RoomId room) {
    return streams.containsKey(room);
  }

  /** A message that is on disk and was said here; it may come out of turn, or more than once. */
  public void offer(Message message) {
    offer(message, DeliveryObserver.Source.HERE);
  }

  /** The same of a message that was said elsewhere. */
  public void offerFromElsewhere(Message message) {
    offer(message, DeliveryObserver.Source.OTHER_NODE);
  }

  private void offer(Message message, DeliveryObserver.Source source) {
    Holder holder = streams.get(message.room());
    if (holder != null) {
      holder.stream.offer(message, source);
    }
  }

  /** Something may be on disk that nobody has offered, and may never. */
  public void lookAgain(RoomId room) {
    Holder holder = streams.get(room);
    if (holder != null) {
      scheduler.after(RoomStream.PATIENCE, holder.stream::catchUp);
    }
  }

  /**
   * Looks in the log, for all rooms at once, whether there is something that nobody has offered.
   */
  public void compareWithLog() {
    List<RoomId> rooms = List.copyOf(streams.keySet());
    for (int from = 0; from < rooms.size(); from += COMPARED_AT_ONCE) {
      List<RoomId> some = rooms.subList(from, Math.min(rooms.size(), from + COMPARED_AT_ONCE));
      log.heads(some)
          .forEach((room, head) -> {
            Holder holder = streams.get(room);
            if (holder != null) {
              holder.stream.reachesTo(head);
            }
          });
    }
  }

  private void release(RoomId room) {
    streams.computeIfPresent(
        room, (id, holder) -> unlessUnused(id, new Holder(holder.stream, holder.users - 1)));
  }

  private @Nullable Holder unlessUnused(RoomId room, Holder holder) {
    if (holder.users > 0 || registry.hasSubscribers(room)) {
      return holder;
    }
    others.ignore(room);
    return null;
  }
}
