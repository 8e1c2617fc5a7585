package io.letschat.application.delivery;

import io.letschat.domain.account.UserId;
import io.letschat.domain.message.Message;
import io.letschat.domain.room.RoomId;
import java.util.List;
import java.util.Optional;

/** Something that the people in a room are told. */
public sealed interface RoomEvent {
  RoomId room();

  /** The user whose sockets are not told, because it is about them. */
  default Optional<UserId> notTo() {
    return Optional.empty();
  }

  record MessageSent(Message message) implements RoomEvent {
    @Override
    public RoomId room() {
      return message.room();
    }
  }

  record UserJoined(RoomId room, Person person) implements RoomEvent {
    @Override
    public Optional<UserId> notTo() {
      return Optional.of(person.user());
    }
  }

  record UserLeft(RoomId room, Person person) implements RoomEvent {
    @Override
    public Optional<UserId> notTo() {
      return Optional.of(person.user());
    }
  }

  record UserTyping(RoomId room, Person person) implements RoomEvent {
    @Override
    public Optional<UserId> notTo() {
      return Optional.of(person.user());
    }
  }

  record UserStoppedTyping(RoomId room, Person person) implements RoomEvent {
    @Override
    public Optional<UserId> notTo() {
      return Optional.of(person.user());
    }
  }

  /**
   * @param latest those who came last, latest first, {@link
   *     io.letschat.application.presence.RoomPresence#LISTED} at most
   * @param online how many are there in all
   * @param members how many belong to the room
   * @param someoneCame whether somebody has come since this was told the last time
   */
  record OnlineUsers(
      RoomId room, List<Person> latest, long online, long members, boolean someoneCame)
      implements RoomEvent {}

  /** The socket's user does not belong to the room any more. */
  record MembershipEnded(RoomId room) implements RoomEvent {}
}
