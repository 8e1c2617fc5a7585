package io.letschat.messaging.event;

import io.letschat.application.presence.JoinRoom;
import io.letschat.application.presence.LeaveRoom;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomEpoch;
import io.letschat.domain.room.RoomId;
import io.letschat.domain.room.RoomPassword;
import io.letschat.messaging.codec.Answer;
import io.letschat.messaging.codec.Dialect;
import io.letschat.messaging.codec.EventError;
import io.letschat.messaging.codec.EventPayload;
import io.letschat.messaging.codec.JsonObjects;
import io.letschat.messaging.codec.PositionEvent;
import io.letschat.messaging.codec.StandardEventEncoder;
import io.letschat.messaging.recovery.ConnectionStateRecovery;
import io.letschat.messaging.socket.ChatSocket;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Joining and leaving rooms by socket. */
public final class RoomEventHandler {
  /** As many as a socket of ours can be in; the transport would be silent about one more. */
  private static final int MOST_ROOMS = 1000;

  private final JoinRoom joinRoom;
  private final LeaveRoom leaveRoom;
  private final Optional<ConnectionStateRecovery> recovery;

  /**
   * @param recovery empty where it is not offered
   */
  public RoomEventHandler(
      JoinRoom joinRoom, LeaveRoom leaveRoom, Optional<ConnectionStateRecovery> recovery) {
    this.joinRoom = joinRoom;
    this.leaveRoom = leaveRoom;
    this.recovery = recovery;
  }

  /** {@code {room_id, password?, after_seq?, after_epoch?}} */
  Answer join(ChatSocket socket, @Nullable Object argument, boolean ackRequested) {
    EventPayload eventPayload = EventPayload.of(argument);
    Optional<RoomEpoch> epoch = eventPayload.optionalText("after_epoch").map(RoomEpoch::new);
    Optional<JoinRoom.Since> since =
        eventPayload.number("after_seq").map(seq -> new JoinRoom.Since(new Seq(seq), epoch));
    Optional<RoomPassword> password = eventPayload.optionalText("password").map(RoomPassword::of);
    return open(
        socket,
        Optional.of(Dialect.STANDARD),
        eventPayload.roomId(Dialect.STANDARD),
        password,
        since,
        ackRequested);
  }

  /** {@code {room_id, user_id}} or a bare id; the user id is not believed. */
  Answer joinLegacy(ChatSocket socket, @Nullable Object argument, boolean ackRequested) {
    RoomId room =
        argument instanceof Map<?, ?> fields
            ? EventPayload.roomId(fields.get("room_id"), Dialect.LEGACY)
            : EventPayload.roomId(argument, Dialect.LEGACY);
    return open(
        socket,
        Optional.of(Dialect.LEGACY),
        room,
        Optional.empty(),
        Optional.empty(),
        ackRequested);
  }

  /** A server of the cluster wants the socket in the room: as if it had asked, without an ack. */
  public Answer put(ChatSocket socket, RoomId room) {
    return socket.memberOf(room).isPresent()
        ? Answer.Ok.of()
        : open(socket, Optional.empty(), room, Optional.empty(), Optional.empty(), false);
  }

  /** {@code {room_id}}; leaving a room that was not joined is no failure. */
  Answer leave(ChatSocket socket, @Nullable Object argument) {
    return take(socket, EventPayload.of(argument).roomId(socket.dialect()));
  }

  /** The socket's presence in the room ends, whoever wants that. */
  public Answer take(ChatSocket socket, RoomId room) {
    socket
        .memberOf(room)
        .ifPresent(member -> {
          leaveRoom.close(member, socket);
          recovery.ifPresent(known -> known.left(socket));
        });
    return Answer.Ok.of();
  }

  void disconnected(ChatSocket socket) {
    // What it was in is what it can come back to.
    recovery.ifPresent(known -> known.closing(socket));
    socket.memberships().forEach(member -> leaveRoom.close(member, socket));
  }

  private Answer open(
      ChatSocket socket,
      Optional<Dialect> dialect,
      RoomId room,
      Optional<RoomPassword> password,
      Optional<JoinRoom.Since> since,
      boolean ackRequested) {
    if (socket.memberOf(room).isEmpty() && socket.memberships().size() >= MOST_ROOMS) {
      return new Answer.Rejected(EventError.tooManyRooms());
    }
    var command =
        new JoinRoom.Command(socket.who(), room, password, since, socket, socket.clientAddress());
    return switch (joinRoom.open(command)) {
      case JoinRoom.Joined opened -> {
        dialect.ifPresent(socket::speaks);
        Optional<PositionEvent> position =
            recovery.flatMap(known -> known.joined(socket, room, opened.epoch(), opened.last()));
        if (!ackRequested || socket.dialect() == Dialect.LEGACY) {
          socket.send(socket.dialect().recent(opened.messages()));
        }
        yield answer(opened).to(new Answer.Joined(opened.subscription(), position));
      }
      case JoinRoom.NoSuchRoom() -> new Answer.Rejected(EventError.noSuchRoom());
      case JoinRoom.WrongPassword() -> new Answer.Rejected(EventError.wrongPassword());
      case JoinRoom.NotVerified() -> new Answer.Rejected(EventError.notVerified());
      case JoinRoom.UsernameRequired() -> new Answer.Rejected(EventError.usernameRequired());
      case JoinRoom.TooOften(var retryAfter) ->
          new Answer.Rejected(EventError.tooOften(retryAfter));
    };
  }

  private static Answer.Ok answer(JoinRoom.Joined opened) {
    var room = opened.member().room();
    return Answer.Ok.of(
        "room",
        JsonObjects.object(
            "id", room.id().value(),
            "room_name", room.name().text(),
            "last_seq", opened.last().value(),
            "epoch", opened.epoch().value()),
        "messages",
        StandardEventEncoder.messages(opened.messages()),
        "complete",
        opened.complete(),
        "online",
        opened.online(),
        "total_members",
        opened.members());
  }
}
