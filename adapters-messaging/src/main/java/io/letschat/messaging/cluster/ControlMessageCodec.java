package io.letschat.messaging.cluster;

import io.letschat.application.delivery.Target;
import io.letschat.application.delivery.cluster.ClusterEvent;
import io.letschat.domain.account.SessionId;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomId;
import io.letschat.domain.room.RoomName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What nodes tell each other, as {@link ClusterEventCodec} writes events: a list of its kind and
 * what belongs to it, and nothing compiles that is not written and read.
 */
final class ControlMessageCodec {
  private enum Kind {
    SESSION_ENDED("session ended"),
    MEMBERSHIP_ENDED("membership ended"),
    RENAMED("renamed"),
    PRESENCE_CHANGED("presence changed"),
    TOLD("told");

    /** Never changes. */
    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    static Optional<Kind> named(String wireName) {
      return Arrays.stream(values()).filter(kind -> kind.wireName.equals(wireName)).findFirst();
    }
  }

  private enum TargetKind {
    ROOM,
    PERSON,
    CONNECTION
  }

  private ControlMessageCodec() {}

  static List<@Nullable Object> write(ClusterEvent event) {
    return switch (event) {
      case ClusterEvent.SessionEnded(var session) ->
          WireFields.of(Kind.SESSION_ENDED.wireName, session.value());
      case ClusterEvent.MembershipEnded(
              Member(
                  Room(RoomId(var room), RoomName(var name), UserId(var owner)),
                  var user,
                  var as)) ->
          WireFields.of(Kind.MEMBERSHIP_ENDED.wireName, room, name, owner, user.value(), as.text());
      case ClusterEvent.Renamed(var user) -> WireFields.of(Kind.RENAMED.wireName, user.value());
      case ClusterEvent.PresenceChanged(var room, var someoneCame) ->
          WireFields.of(Kind.PRESENCE_CHANGED.wireName, room.value(), someoneCame);
      case ClusterEvent.Told(var target, var told) ->
          WireFields.of(Kind.TOLD.wireName, write(target), ClusterEventCodec.write(told));
    };
  }

  private static List<@Nullable Object> write(Target target) {
    return switch (target) {
      case Target.Room(var room) -> WireFields.of(TargetKind.ROOM.name(), room.value());
      case Target.Person(var user) -> WireFields.of(TargetKind.PERSON.name(), user.value());
      case Target.Connection(var id) -> WireFields.of(TargetKind.CONNECTION.name(), id);
    };
  }

  /**
   * Empty for a kind that only newer nodes know.
   *
   * @throws RuntimeException if it is damaged
   */
  static Optional<ClusterEvent> read(List<?> written) {
    var fields = new WireFields(written);
    return Kind.named(fields.text()).flatMap(kind -> read(kind, fields));
  }

  private static Optional<ClusterEvent> read(Kind kind, WireFields fields) {
    return switch (kind) {
      case SESSION_ENDED ->
          Optional.of(new ClusterEvent.SessionEnded(new SessionId(fields.text())));
      case MEMBERSHIP_ENDED ->
          Optional.of(
              new ClusterEvent.MembershipEnded(
                  new Member(
                      new Room(
                          new RoomId(fields.number()),
                          RoomName.stored(fields.text()),
                          new UserId(fields.number())),
                      new UserId(fields.number()),
                      Username.stored(fields.text()))));
      case RENAMED -> Optional.of(new ClusterEvent.Renamed(new UserId(fields.number())));
      case PRESENCE_CHANGED ->
          Optional.of(new ClusterEvent.PresenceChanged(new RoomId(fields.number()), fields.flag()));
      case TOLD -> {
        Target target = target(fields.fields());
        yield ClusterEventCodec.read(fields.list())
            .map(event -> new ClusterEvent.Told(target, event));
      }
    };
  }

  private static Target target(WireFields fields) {
    return switch (TargetKind.valueOf(fields.text())) {
      case ROOM -> new Target.Room(new RoomId(fields.number()));
      case PERSON -> new Target.Person(new UserId(fields.number()));
      case CONNECTION -> new Target.Connection(fields.text());
    };
  }
}
