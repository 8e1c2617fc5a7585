package io.letschat.web.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.letschat.domain.message.ClientMessageId;
import io.letschat.domain.message.Message;
import io.letschat.web.http.ApiJson;
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
    return new MessageBody(
        message.id().value(),
        message.room().value(),
        message.seq().value(),
        message.sender().value(),
        message.senderName().text(),
        message.content().text(),
        message.type().wireName(),
        message.clientId().map(ClientMessageId::value).orElse(null),
        message.attachment().map(FileBody::of).orElse(null),
        ApiJson.time(message.createdAt()));
  }
}
