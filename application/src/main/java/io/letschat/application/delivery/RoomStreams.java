package io.letschat.application.delivery;

import io.letschat.application.Scheduler;
import io.letschat.application.delivery.cluster.ClusterBus;
import io.letschat.domain.account.UserId;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomEpoch;
import io.letschat.domain.room.RoomId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The feeds of the rooms that somebody on this node listens to. A room without listeners has none.
 */
public final class RoomStreams {
  static final int COMPARED_AT_ONCE = 1000;

  private final MessageLog log;
  private final LocalSubscribers audience;
  private final Scheduler scheduler;
  private final ClusterBus others;
  private final DeliveryObserver watch;
  private final ConcurrentHashMap<RoomId, Holder> feeds = new ConcurrentHashMap<>();

  /** A feed and how many callers are about to use it; both only change inside {@code compute}. */
  private record Holder(RoomStream feed, int users) {}

  public RoomStreams(
      MessageLog log, LocalSubscribers audience, Scheduler scheduler, ClusterBus others) {
    this(log, audience, scheduler, others, DeliveryObserver.NONE);
  }

  public RoomStreams(
      MessageLog log,
      LocalSubscribers audience,
      Scheduler scheduler,
      ClusterBus others,
      DeliveryObserver watch) {
    this.log = log;
    this.audience = audience;
    this.scheduler = scheduler;
    this.others = others;
    this.watch = watch;
  }

  /**
   * A connection arrives in a room. What comes after the returned position reaches it once it is
   * live; a connection that was live stops being so until then.
   */
  public Arrival arrive(RoomId room, Connection connection) {
    Holder held =
        feeds.compute(
            room,
            (id, holder) ->
                holder == null
                    ? new Holder(new RoomStream(id, log, audience, scheduler, watch), 1)
                    : new Holder(holder.feed, holder.users + 1));
    try {
      if (!held.feed.hasBegun()) {
        // Before the feed asks for the number to count from: what comes after it must be heard.
        others.listen(room);
      }
      MessageLog.Head head = held.feed.arrive(connection);
      return new Arrival(head.last(), head.epoch(), () -> held.feed.goLive(connection));
    } finally {
      release(room);
    }
  }

  /**
   * The same for a connection that has got everything up to {@code atLeast} from another node, of
   * which this one may not have heard yet. The position is lower only if the log does not reach so
   * far.
   */
  public Arrival arrive(RoomId room, Connection connection, Seq atLeast) {
    Arrival arrival = arrive(room, connection);
    Holder holder = feeds.get(room);
    if (holder == null || !atLeast.isAfter(arrival.position())) {
      return arrival;
    }
    holder.feed.catchUp();
    return arrive(room, connection);
  }

  /** The connection hears nothing more of the room. False if it was not there. */
  public boolean leave(RoomId room, Connection connection) {
    Holder holder = feeds.get(room);
    boolean left = holder != null && holder.feed.leave(connection);
    feeds.computeIfPresent(room, (id, known) -> unlessUnused(id, known));
    return left;
  }

  /** The sockets with which the user is in the room, on this node. */
  public List<Connection> connectionsOf(RoomId room, UserId user) {
    Holder holder = feeds.get(room);
    return holder == null ? List.of() : holder.feed.of(user);
  }

  /** Whether the connection has arrived in the room, and not left. */
  public boolean isIn(RoomId room, Connection connection) {
    Holder holder = feeds.get(room);
    return holder != null && holder.feed.has(connection);
  }

  /**
   * The number up to which the room's messages have been sent to those who are live in it; empty if
   * nobody is.
   */
  public Optional<Seq> position(RoomId room) {
    return Optional.ofNullable(feeds.get(room)).flatMap(holder -> holder.feed.position());
  }

  /** How many rooms somebody on this node listens to. */
  public int rooms() {
    return feeds.size();
  }

  /** The rooms that somebody on this node listens to. */
  public List<RoomId> listenedTo() {
    return List.copyOf(feeds.keySet());
  }

  /** Whether somebody on this node listens to the room, or is about to. */
  public boolean anybodyIn(RoomId room) {
    return feeds.containsKey(room);
  }

  /** A message that is on disk and was said here; it may come out of turn, or more than once. */
  public void offer(Message message) {
    offer(message, DeliveryObserver.Way.HERE);
  }

  /** The same of a message that was said elsewhere. */
  public void offerFromElsewhere(Message message) {
    offer(message, DeliveryObserver.Way.OTHER_NODE);
  }

  private void offer(Message message, DeliveryObserver.Way way) {
    Holder holder = feeds.get(message.room());
    if (holder != null) {
      holder.feed.offer(message, way);
    }
  }

  /** Something may be on disk that nobody has offered, and may never. */
  public void lookAgain(RoomId room) {
    Holder holder = feeds.get(room);
    if (holder != null) {
      scheduler.after(RoomStream.PATIENCE, holder.feed::catchUp);
    }
  }

  /**
   * Looks in the log, for all rooms at once, whether there is something that nobody has offered.
   */
  public void compareWithLog() {
    List<RoomId> rooms = listenedTo();
    for (int from = 0; from < rooms.size(); from += COMPARED_AT_ONCE) {
      List<RoomId> some = rooms.subList(from, Math.min(rooms.size(), from + COMPARED_AT_ONCE));
      log.heads(some)
          .forEach((room, head) -> {
            Holder holder = feeds.get(room);
            if (holder != null) {
              holder.feed.reachesTo(head);
            }
          });
    }
  }

  private void release(RoomId room) {
    feeds.computeIfPresent(
        room, (id, holder) -> unlessUnused(id, new Holder(holder.feed, holder.users - 1)));
  }

  private @Nullable Holder unlessUnused(RoomId room, Holder holder) {
    if (holder.users > 0 || !holder.feed.isEmpty()) {
      return holder;
    }
    others.ignore(room);
    return null;
  }

  /**
   * A connection that has arrived and does not listen yet.
   *
   * @param position the number of the last message that was delivered before
   */
  public record Arrival(Seq position, RoomEpoch epoch, Runnable goLive) {}
}
