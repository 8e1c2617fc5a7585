package io.letschat.messaging.cluster;

import io.letschat.application.delivery.Person;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.domain.message.ClientMessageId;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.MessageContent;
import io.letschat.domain.message.MessageId;
import io.letschat.domain.message.MessageType;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what {@link StandardEventEncoder} has written, on another node. */
final class ClusterEventCodec {
  static final String NEW_MESSAGE = "new message";

  private ClusterEventCodec() {}

  /**
   * Empty for what has no place in the application: events of others, and messages with more in
   * them than their text.
   *
   * @throws RuntimeException if it is damaged
   */
  static Optional<RoomEvent> read(String name, List<@Nullable Object> arguments) {
    if (arguments.isEmpty() || !(arguments.getFirst() instanceof Map<?, ?> fields)) {
      return Optional.empty();
    }
    return switch (name) {
      case NEW_MESSAGE -> message(fields).map(RoomEvent.MessageSent::new);
      case "user joined" -> Optional.of(new RoomEvent.UserJoined(room(fields), person(fields)));
      case "user left" -> Optional.of(new RoomEvent.UserLeft(room(fields), person(fields)));
      case "user typing" -> Optional.of(new RoomEvent.UserTyping(room(fields), person(fields)));
      case "user stop typing" ->
          Optional.of(new RoomEvent.UserStoppedTyping(room(fields), person(fields)));
      default -> Optional.empty();
    };
  }

  /** The room of a numbered message, whoever has sent it. */
  static Optional<RoomId> roomOfMessage(String name, List<@Nullable Object> arguments) {
    return name.equals(NEW_MESSAGE)
            && !arguments.isEmpty()
            && arguments.getFirst() instanceof Map<?, ?> fields
            && fields.get("seq") instanceof Long
            && fields.get("room_id") instanceof Long room
        ? Optional.of(new RoomId(room))
        : Optional.empty();
  }

  private static Optional<Message> message(Map<?, ?> fields) {
    if (!MessageType.TEXT.wireName().equals(fields.get("message_type"))) {
      return Optional.empty();
    }
    return Optional.of(
        new Message(
            new MessageId(number(fields, "id")),
            room(fields),
            new Seq(number(fields, "seq")),
            new UserId(number(fields, "user_id")),
            Username.stored(text(fields, "username")),
            MessageContent.of(text(fields, "content")),
            MessageType.TEXT,
            Optional.ofNullable(fields.get("client_message_id"))
                .map(id -> new ClientMessageId(id.toString())),
            Optional.empty(),
            Instant.parse(text(fields, "created_at"))));
  }

  private static RoomId room(Map<?, ?> fields) {
    return new RoomId(number(fields, "room_id"));
  }

  private static Person person(Map<?, ?> fields) {
    return new Person(
        new UserId(number(fields, "user_id")), Username.stored(text(fields, "username")));
  }

  private static long number(Map<?, ?> fields, String name) {
    if (fields.get(name) instanceof Long number) {
      return number;
    }
    throw new IllegalArgumentException(name + " is missing");
  }

  private static String text(Map<?, ?> fields, String name) {
    if (fields.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(name + " is missing");
  }
}
