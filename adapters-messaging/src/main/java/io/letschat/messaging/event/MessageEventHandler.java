package io.letschat.messaging.event;

import io.letschat.application.message.SendMessage;
import io.letschat.application.presence.Typing;
import io.letschat.domain.InvalidValueException;
import io.letschat.domain.Sentence;
import io.letschat.domain.message.ClientMessageId;
import io.letschat.domain.message.MessageContent;
import io.letschat.domain.message.MessageType;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomId;
import io.letschat.messaging.codec.Answer;
import io.letschat.messaging.codec.EventError;
import io.letschat.messaging.codec.EventPayload;
import io.letschat.messaging.codec.StandardEventEncoder;
import io.letschat.messaging.socket.ChatSocket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sending messages by socket. */
public final class MessageEventHandler {
  private final SendMessage sendMessage;
  private final Typing typing;

  public MessageEventHandler(SendMessage sendMessage, Typing typing) {
    this.sendMessage = sendMessage;
    this.typing = typing;
  }

  /**
   * {@code {room_id, content, message_type?, client_message_id?}}; who sends says the session,
   * never the payload.
   */
  Answer send(ChatSocket socket, @Nullable Object argument) {
    EventPayload eventPayload = EventPayload.of(argument);
    RoomId room = eventPayload.roomId(socket.dialect());
    Optional<Member> member = socket.memberOf(room);
    if (member.isEmpty()) {
      return new Answer.Rejected(EventError.notJoined());
    }
    var command =
        new SendMessage.Command(
            socket.who(),
            room,
            MessageContent.of(eventPayload.text("content")),
            type(eventPayload),
            eventPayload.optionalText("client_message_id").map(ClientMessageId::of));
    return switch (sendMessage.send(command)) {
      case SendMessage.Sent(var message) -> {
        typing.stop(member.get(), socket);
        yield Answer.Ok.of("message", StandardEventEncoder.message(message));
      }
      case SendMessage.NoSuchRoom() -> new Answer.Rejected(EventError.noSuchRoom());
      case SendMessage.SessionEnded() -> new Answer.Rejected(EventError.sessionEnded());
      case SendMessage.TooOften(var retryAfter) ->
          new Answer.Rejected(EventError.tooOften(retryAfter));
      case SendMessage.NotUploaded() -> new Answer.Rejected(EventError.notUploaded());
      case SendMessage.Retry() -> new Answer.Rejected(EventError.retry());
    };
  }

  private static MessageType type(EventPayload eventPayload) {
    String name = eventPayload.optionalText("message_type").orElse(MessageType.TEXT.wireName());
    return MessageType.named(name)
        .orElseThrow(
            () -> new InvalidValueException("message_type", Sentence.of("event.message-type")));
  }
}
