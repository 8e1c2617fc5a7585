package io.letschat.web.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.letschat.application.message.MessageView;
import io.letschat.domain.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * A message on the wire; the same as the event {@code new message} has.
 *
 * @param file absent where no file is shared
 */
public record MessageBody(
    long id,
    long roomId,
    long seq,
    long userId,
    String username,
    String content,
    String messageType,
    @Nullable String clientMessageId,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable FileBody file,
    String createdAt) {
  public static MessageBody of(Message message) {
    return switch (MessageView.of(message)) {
      case MessageView(
              var id,
              var roomId,
              var seq,
              var userId,
              var username,
              var content,
              var messageType,
              var clientMessageId,
              var file,
              var createdAt) ->
          new MessageBody(
              id,
              roomId,
              seq,
              userId,
              username,
              content,
              messageType,
              clientMessageId.orElse(null),
              file.map(FileBody::of).orElse(null),
              createdAt);
    };
  }
}
