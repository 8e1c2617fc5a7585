package io.letschat.messaging.cluster;

import io.letschat.application.delivery.Person;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.domain.room.RoomId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Events between nodes: a list of their kind and what belongs to it, whole, so that no node has to
 * ask the database for more. A new kind of event does not compile until it is written here, which
 * takes a {@link Kind}, and that not until it is read. Fields are only ever added at the end.
 */
final class ClusterEventCodec {
  /** As they are written; a name never changes. */
  private enum Kind {
    MESSAGE_SENT,
    USER_JOINED,
    USER_LEFT,
    USER_TYPING,
    USER_STOPPED_TYPING,
    ONLINE_USERS,
    MEMBERSHIP_ENDED;

    static Optional<Kind> named(String name) {
      return Arrays.stream(values()).filter(kind -> kind.name().equals(name)).findFirst();
    }
  }

  private ClusterEventCodec() {}

  static List<@Nullable Object> write(RoomEvent event) {
    return switch (event) {
      case RoomEvent.MessageSent(var message) ->
          written(Kind.MESSAGE_SENT, ClusterMessageCodec.write(message));
      case RoomEvent.UserJoined(var room, var person) ->
          written(Kind.USER_JOINED, room.value(), write(person));
      case RoomEvent.UserLeft(var room, var person) ->
          written(Kind.USER_LEFT, room.value(), write(person));
      case RoomEvent.UserTyping(var room, var person) ->
          written(Kind.USER_TYPING, room.value(), write(person));
      case RoomEvent.UserStoppedTyping(var room, var person) ->
          written(Kind.USER_STOPPED_TYPING, room.value(), write(person));
      case RoomEvent.OnlineUsers(var room, var latest, var online, var members, var someoneCame) ->
          written(
              Kind.ONLINE_USERS,
              room.value(),
              latest.stream().map(ClusterEventCodec::write).toList(),
              online,
              members,
              someoneCame);
      case RoomEvent.MembershipEnded(var room) -> written(Kind.MEMBERSHIP_ENDED, room.value());
    };
  }

  /**
   * Empty for a kind that only newer nodes know.
   *
   * @throws RuntimeException if it is damaged
   */
  static Optional<RoomEvent> read(List<?> written) {
    var fields = new WireFields(written);
    return Kind.named(fields.text()).map(kind -> read(kind, fields));
  }

  private static RoomEvent read(Kind kind, WireFields fields) {
    return switch (kind) {
      case MESSAGE_SENT -> new RoomEvent.MessageSent(ClusterMessageCodec.read(fields.fields()));
      case USER_JOINED -> new RoomEvent.UserJoined(room(fields), person(fields.fields()));
      case USER_LEFT -> new RoomEvent.UserLeft(room(fields), person(fields.fields()));
      case USER_TYPING -> new RoomEvent.UserTyping(room(fields), person(fields.fields()));
      case USER_STOPPED_TYPING ->
          new RoomEvent.UserStoppedTyping(room(fields), person(fields.fields()));
      case ONLINE_USERS ->
          new RoomEvent.OnlineUsers(
              room(fields), people(fields.list()), fields.number(), fields.number(), fields.flag());
      case MEMBERSHIP_ENDED -> new RoomEvent.MembershipEnded(room(fields));
    };
  }

  private static List<@Nullable Object> written(Kind kind, Object first, Object... more) {
    Object[] fields = new Object[more.length + 2];
    fields[0] = kind.name();
    fields[1] = first;
    System.arraycopy(more, 0, fields, 2, more.length);
    return WireFields.of(fields);
  }

  private static List<@Nullable Object> write(Person person) {
    return WireFields.of(person.user().value(), person.name().text());
  }

  private static List<Person> people(List<?> written) {
    return written.stream()
        .map(List.class::cast)
        .map(fields -> person(new WireFields(fields)))
        .toList();
  }

  private static Person person(WireFields fields) {
    return new Person(new UserId(fields.number()), Username.stored(fields.text()));
  }

  private static RoomId room(WireFields fields) {
    return new RoomId(fields.number());
  }
}
