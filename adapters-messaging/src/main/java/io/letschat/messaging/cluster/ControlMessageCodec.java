package io.letschat.messaging.cluster;

import io.letschat.application.delivery.cluster.ClusterEvent;
import io.letschat.domain.account.SessionId;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomId;
import io.letschat.domain.room.RoomName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** News between nodes: a list of its kind and what belongs to it. */
final class ControlMessageCodec {
  private static final String SESSION_ENDED = "session ended";
  private static final String MEMBERSHIP_ENDED = "membership ended";
  private static final String RENAMED = "renamed";
  private static final String PRESENCE_CHANGED = "presence changed";

  private ControlMessageCodec() {}

  static List<Object> write(ClusterEvent news) {
    return switch (news) {
      case ClusterEvent.SessionEnded(var session) -> List.of(SESSION_ENDED, session.value());
      case ClusterEvent.MembershipEnded(var member) ->
          List.of(
              MEMBERSHIP_ENDED,
              member.room().id().value(),
              member.room().name().text(),
              member.room().owner().value(),
              member.user().value(),
              member.name().text());
      case ClusterEvent.Renamed(var user) -> List.of(RENAMED, user.value());
      case ClusterEvent.PresenceChanged(var room, var someoneCame) ->
          List.of(PRESENCE_CHANGED, room.value(), someoneCame);
    };
  }

  /**
   * Empty for a kind that only newer nodes know.
   *
   * @throws RuntimeException if it is damaged
   */
  static Optional<ClusterEvent> read(List<@Nullable Object> written) {
    return switch (text(written.getFirst())) {
      case SESSION_ENDED ->
          Optional.of(new ClusterEvent.SessionEnded(new SessionId(text(written.get(1)))));
      case MEMBERSHIP_ENDED ->
          Optional.of(
              new ClusterEvent.MembershipEnded(
                  new Member(
                      new Room(
                          new RoomId(number(written.get(1))),
                          RoomName.stored(text(written.get(2))),
                          new UserId(number(written.get(3)))),
                      new UserId(number(written.get(4))),
                      Username.stored(text(written.get(5))))));
      case RENAMED -> Optional.of(new ClusterEvent.Renamed(new UserId(number(written.get(1)))));
      case PRESENCE_CHANGED ->
          Optional.of(
              new ClusterEvent.PresenceChanged(
                  new RoomId(number(written.get(1))), Boolean.TRUE.equals(written.get(2))));
      default -> Optional.empty();
    };
  }

  private static String text(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("a string is missing");
  }

  private static long number(@Nullable Object value) {
    if (value instanceof Long number) {
      return number;
    }
    throw new IllegalArgumentException("a number is missing");
  }
}
