package io.letschat.application.recovery;

import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.delivery.Connection;
import io.letschat.application.delivery.MessageLog;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.delivery.RoomStreams;
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
   * The connection has its places in the rooms. Nothing has been sent to it yet. One of the two has
   * to be called.
   *
   * @param begin sends what was missed, and from then on what is said
   * @param abandon gives the places up
   */
  public record Resumed(List<Member> members, Runnable begin, Runnable abandon) implements Result {}

  public record Refused(Reason reason) implements Result {}

  private final RoomAccess access;
  private final RoomStreams feeds;
  private final MessageLog log;
  private final RoomPresence presence;

  public RestoreSubscriptions(
      RoomAccess access, RoomStreams feeds, MessageLog log, RoomPresence presence) {
    this.access = access;
    this.feeds = feeds;
    this.log = log;
    this.presence = presence;
  }

  private record Resumption(Member member, List<Message> missed, Runnable goLive) {
    RoomId room() {
      return member.room().id();
    }
  }

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
    List<Resumption> rooms = new ArrayList<>();
    boolean resumed = false;
    try {
      for (RecoveryState.Place place : recoveryState.places()) {
        boolean isProven = place.equals(proven.get());
        Seq from = isProven ? offset.get().seq() : place.reached();
        rooms.add(resume(who, place, from, isProven ? MOST : 0, connection));
      }
      resumed = true;
    } catch (Refusal refusal) {
      return new Refused(refusal.reason);
    } finally {
      if (!resumed) {
        recoveryState.places().forEach(place -> feeds.leave(place.room(), connection));
      }
    }
    return new Resumed(
        rooms.stream().map(Resumption::member).toList(),
        () -> begin(rooms, connection),
        () -> rooms.forEach(room -> feeds.leave(room.room(), connection)));
  }

  private Resumption resume(
      AuthenticatedUser who, RecoveryState.Place place, Seq from, int most, Connection connection)
      throws Refusal {
    RoomId room = place.room();
    RoomStreams.Arrival arrival = feeds.arrive(room, connection, from);
    // Only now: who is removed from now on is here to be sent away.
    Member member = access.member(who, room).orElseThrow(() -> new Refusal(Reason.NO_MEMBER));
    if (!arrival.epoch().equals(place.epoch()) || from.isAfter(arrival.position())) {
      throw new Refusal(Reason.OTHER_EPOCH);
    }
    long missing = arrival.position().value() - from.value();
    if (missing > most) {
      throw new Refusal(most == 0 ? Reason.OTHER_ROOM : Reason.TOO_MUCH);
    }
    List<Message> missed = missing == 0 ? List.of() : log.after(room, from, (int) missing);
    if (missed.size() != missing || bytes(missed) > MOST_BYTES) {
      throw new Refusal(Reason.TOO_MUCH);
    }
    return new Resumption(member, missed, arrival.goLive());
  }

  /** Roughly, and rather too many. */
  private static long bytes(List<Message> messages) {
    return messages.stream()
        .mapToLong(message ->
            BYTES_PER_MESSAGE + (long) BYTES_PER_CHAR * message.content().text().length())
        .sum();
  }

  private void begin(List<Resumption> rooms, Connection connection) {
    // First, so that the offset is soon one of the room that can prove something.
    for (Resumption room : rooms) {
      room.missed.forEach(message -> connection.send(new RoomEvent.MessageSent(message)));
    }
    rooms.forEach(room -> goLive(room, connection));
  }

  private void goLive(Resumption resumption, Connection connection) {
    presence.arrive(resumption.member, connection);
    resumption.goLive.run();
    if (feeds.isIn(resumption.room(), connection)) {
      presence.changed(resumption.room(), true);
    } else {
      // Sent away while it could not be told.
      presence.depart(resumption.member, connection);
      connection.send(new RoomEvent.MembershipEnded(resumption.room()));
    }
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
