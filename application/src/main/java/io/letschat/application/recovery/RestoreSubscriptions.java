package io.letschat.application.recovery;

import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.delivery.Connection;
import io.letschat.application.delivery.MessageLog;
import io.letschat.application.delivery.PendingSubscription;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.delivery.RoomStreams;
import io.letschat.application.presence.MemberSubscription;
import io.letschat.application.presence.RoomPresence;
import io.letschat.application.room.RoomAccess;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A socket that was lost goes on where it was: in the same rooms, behind the last message that it
 * got. Only where all of that can be shown, from its bookmark and the offset that the client
 * brings; otherwise the client has to begin anew.
 */
public final class RestoreSubscriptions {
  /** How many missed messages are sent at most. */
  public static final int MOST = 1000;

  /** As much as a connection bears at once, with room for what is said meanwhile. */
  private static final long MOST_BYTES = 512 * 1024;

  private static final int BYTES_PER_MESSAGE = 400;
  private static final int BYTES_PER_CHAR = 3;

  public enum Reason {
    /** It was in no room. */
    NO_ROOM,
    /** The offset does not prove what the client has got. */
    NOT_PROVEN,
    /** Something was said in a room for which the offset proves nothing. */
    OTHER_ROOM,
    NO_MEMBER,
    /** The database was restored. */
    OTHER_EPOCH,
    TOO_MUCH
  }

  public sealed interface Result {}

  /**
   * The connection has its places in the rooms. Nothing has been sent to it yet. One of {@link
   * #activate} and {@link #cancel} is to be called, once.
   */
  public static final class Resumed implements Result {
    private final List<Resumption> rooms;
    private final Connection connection;
    private final RoomPresence presence;

    private Resumed(List<Resumption> rooms, Connection connection, RoomPresence presence) {
      this.rooms = List.copyOf(rooms);
      this.connection = connection;
      this.presence = presence;
    }

    /** Sends what was missed, and from then on what is said. */
    public void activate() {
      // First, so that the offset is soon one of the room that can prove something.
      for (Resumption room : rooms) {
        room.missed.forEach(message -> connection.send(new RoomEvent.MessageSent(message)));
      }
      for (Resumption room : rooms) {
        presence.arrive(room.subscription.member(), connection);
        room.subscription.activate();
      }
    }

    /** Gives the places up. */
    public void cancel() {
      rooms.forEach(room -> room.subscription.cancel());
    }
  }

  public record Refused(Reason reason) implements Result {}

  private final RoomAccess access;
  private final RoomStreams streams;
  private final MessageLog log;
  private final RoomPresence presence;

  public RestoreSubscriptions(
      RoomAccess access, RoomStreams streams, MessageLog log, RoomPresence presence) {
    this.access = access;
    this.streams = streams;
    this.log = log;
    this.presence = presence;
  }

  private record Resumption(MemberSubscription subscription, List<Message> missed) {}

  /**
   * @param bookmark of the same user
   */
  public Result resume(
      AuthenticatedUser who,
      RecoveryState recoveryState,
      Optional<StreamOffset> offset,
      Connection connection) {
    if (recoveryState.places().isEmpty()) {
      return new Refused(Reason.NO_ROOM);
    }
    Optional<RecoveryState.Place> proven = offset.flatMap(recoveryState::provenBy);
    if (proven.isEmpty()) {
      return new Refused(Reason.NOT_PROVEN);
    }
    List<PendingSubscription> subscriptions = new ArrayList<>();
    List<Resumption> rooms = new ArrayList<>();
    boolean resumed = false;
    try {
      for (RecoveryState.Place place : recoveryState.places()) {
        boolean isProven = place.equals(proven.get());
        Seq from = isProven ? offset.get().seq() : place.reached();
        PendingSubscription subscription = streams.subscribe(place.room(), connection, from);
        subscriptions.add(subscription);
        rooms.add(resume(who, place, from, isProven ? MOST : 0, subscription, connection));
      }
      resumed = true;
    } catch (Refusal refusal) {
      return new Refused(refusal.reason);
    } finally {
      if (!resumed) {
        subscriptions.forEach(PendingSubscription::cancel);
      }
    }
    return new Resumed(rooms, connection, presence);
  }

  private Resumption resume(
      AuthenticatedUser who,
      RecoveryState.Place place,
      Seq from,
      int most,
      PendingSubscription subscription,
      Connection connection)
      throws Refusal {
    RoomId room = place.room();
    // Only now: who is removed from now on is here to be sent away.
    Member member = access.member(who, room).orElseThrow(() -> new Refusal(Reason.NO_MEMBER));
    subscription.admit(member);
    if (!subscription.epoch().equals(place.epoch()) || from.isAfter(subscription.position())) {
      throw new Refusal(Reason.OTHER_EPOCH);
    }
    long missing = subscription.position().value() - from.value();
    if (missing > most) {
      throw new Refusal(most == 0 ? Reason.OTHER_ROOM : Reason.TOO_MUCH);
    }
    List<Message> missed = missing == 0 ? List.of() : log.after(room, from, (int) missing);
    if (missed.size() != missing || bytes(missed) > MOST_BYTES) {
      throw new Refusal(Reason.TOO_MUCH);
    }
    return new Resumption(
        new MemberSubscription(member, subscription, connection, presence), missed);
  }

  /** Roughly, and rather too many. */
  private static long bytes(List<Message> messages) {
    return messages.stream()
        .mapToLong(message ->
            BYTES_PER_MESSAGE + (long) BYTES_PER_CHAR * message.content().text().length())
        .sum();
  }

  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;
    private final Reason reason;

    Refusal(Reason reason) {
      super(reason.name(), null, false, false);
      this.reason = reason;
    }
  }
}
