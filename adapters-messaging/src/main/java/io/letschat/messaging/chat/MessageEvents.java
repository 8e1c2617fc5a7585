package io.letschat.messaging.chat;

import io.letschat.application.message.SendMessage;
import io.letschat.application.presence.Typing;
import io.letschat.domain.InvalidValueException;
import io.letschat.domain.message.ClientMessageId;
import io.letschat.domain.message.MessageContent;
import io.letschat.domain.message.MessageType;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sending messages by socket. */
final class MessageEvents {
  private final SendMessage sendMessage;
  private final Typing typing;

  MessageEvents(SendMessage sendMessage, Typing typing) {
    this.sendMessage = sendMessage;
    this.typing = typing;
  }

  /**
   * {@code {room_id, content, message_type?, client_message_id?}}; who sends says the session,
   * never the payload.
   */
  Answer send(ChatSocket socket, @Nullable Object argument) {
    Payload payload = Payload.of(argument);
    RoomId room = payload.roomId(socket.dialect());
    Optional<Member> member = socket.memberOf(room);
    if (member.isEmpty()) {
      return new Answer.No(Failure.notJoined());
    }
    var command =
        new SendMessage.Command(
            socket.who(),
            room,
            MessageContent.of(payload.text("content")),
            type(payload),
            payload.optionalText("client_message_id").map(ClientMessageId::of));
    return switch (sendMessage.send(command)) {
      case SendMessage.Sent(var message) -> {
        typing.stop(member.get(), socket);
        yield Answer.Ok.of("message", ReadmeEvents.message(message));
      }
      case SendMessage.NoSuchRoom() -> new Answer.No(Failure.noSuchRoom());
      case SendMessage.SessionEnded() -> new Answer.No(Failure.sessionEnded());
      case SendMessage.TooOften(var retryAfter) -> new Answer.No(Failure.tooOften(retryAfter));
      case SendMessage.NotUploaded() -> new Answer.No(Failure.notUploaded());
      case SendMessage.Retry() -> new Answer.No(Failure.retry());
    };
  }

  private static MessageType type(Payload payload) {
    String name = payload.optionalText("message_type").orElse(MessageType.TEXT.wireName());
    return MessageType.named(name)
        .orElseThrow(() ->
            new InvalidValueException("message_type", "message_type must be text, image or file."));
  }
}
