package io.letschat.application.delivery.cluster;

import io.letschat.application.Scheduler;
import io.letschat.application.delivery.LocalDelivery;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.delivery.RoomStreams;
import io.letschat.application.delivery.Target;
import io.letschat.domain.room.RoomId;
import java.time.Duration;
import java.util.List;

/**
 * What the other nodes have said takes effect here, for this node alone: nothing of it is passed
 * on. None of the methods waits for a database.
 */
public final class ClusterEventHandler {
  /** Who acts upon which kind of event. */
  public record Listeners(
      SessionListener sessions,
      MembershipListener memberships,
      NameListener names,
      PresenceListener presence,
      TypingListener typing) {}

  /** Finds out from the database what this node was not told. */
  @FunctionalInterface
  public interface CatchUp {
    /** May block, and may throw where a store is away. */
    void catchUp();
  }

  private final RoomStreams streams;
  private final LocalDelivery here;
  private final Listeners listeners;
  private final List<CatchUp> catchingUp;
  private final Scheduler scheduler;

  /**
   * @param catchingUp those who look for what was missed while the other nodes were not heard
   */
  public ClusterEventHandler(
      RoomStreams streams,
      LocalDelivery here,
      Listeners listeners,
      List<CatchUp> catchingUp,
      Scheduler scheduler) {
    this.streams = streams;
    this.here = here;
    this.listeners = listeners;
    this.catchingUp = List.copyOf(catchingUp);
    this.scheduler = scheduler;
  }

  /** A message may come out of turn and more than once; all else passes as it comes. */
  public void handle(RoomEvent event) {
    switch (event) {
      case RoomEvent.MessageSent(var message) -> streams.offerFromElsewhere(message);
      case RoomEvent.UserTyping typing -> listeners.typing.started(typing);
      case RoomEvent.UserStoppedTyping stopped -> listeners.typing.stopped(stopped);
      case RoomEvent.UserJoined joined -> deliver(joined);
      case RoomEvent.UserLeft left -> deliver(left);
      case RoomEvent.OnlineUsers online -> deliver(online);
      case RoomEvent.MembershipEnded ended -> deliver(ended);
    }
  }

  private void deliver(RoomEvent event) {
    here.deliver(new Target.Room(event.room()), event);
  }

  /** There may be a message in the room; the log knows. */
  public void messageMayBeIn(RoomId room) {
    streams.lookAgain(room);
  }

  /** Exhaustive: a new kind of event does not compile until it is said who acts upon it. */
  public void handle(ClusterEvent event) {
    switch (event) {
      case ClusterEvent.SessionEnded(var session) -> listeners.sessions.ended(session);
      case ClusterEvent.MembershipEnded(var member) -> listeners.memberships.ended(member);
      case ClusterEvent.Renamed(var user) -> listeners.names.renamed(user);
      case ClusterEvent.PresenceChanged(var room, var someoneCame) -> {
        if (streams.anybodyIn(room)) {
          listeners.presence.changedElsewhere(room, someoneCame);
        }
      }
      case ClusterEvent.Told(var target, var told) -> here.deliver(target, told);
    }
  }

  /** The other nodes are heard from now on; before, something may have been missed. */
  public void connected() {
    catchingUp.forEach(each -> scheduler.after(Duration.ZERO, each::catchUp));
  }
}
