package io.letschat.messaging.cluster;

import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.domain.media.Attachment;
import io.letschat.domain.media.Dimensions;
import io.letschat.domain.media.FileKind;
import io.letschat.domain.media.FileName;
import io.letschat.domain.media.UploadId;
import io.letschat.domain.message.ClientMessageId;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.MessageContent;
import io.letschat.domain.message.MessageId;
import io.letschat.domain.message.MessageType;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole message between nodes, with its file. It is taken apart by patterns: a message that gains
 * a field does not compile until the field is written and read.
 */
final class ClusterMessageCodec {
  private ClusterMessageCodec() {}

  static List<@Nullable Object> write(Message message) {
    return switch (message) {
      case Message(
              MessageId(var id),
              RoomId(var room),
              Seq(var seq),
              UserId(var sender),
              Username(var senderName),
              MessageContent(var content),
              var type,
              var clientId,
              var attachment,
              var createdAt) ->
          WireFields.of(
              id,
              room,
              seq,
              sender,
              senderName,
              content,
              type.wireName(),
              clientId.map(ClientMessageId::value).orElse(null),
              attachment.map(ClusterMessageCodec::write).orElse(null),
              createdAt.toString());
    };
  }

  /**
   * @throws RuntimeException if it is damaged
   */
  static Message read(WireFields fields) {
    return new Message(
        new MessageId(fields.number()),
        new RoomId(fields.number()),
        new Seq(fields.number()),
        new UserId(fields.number()),
        Username.stored(fields.text()),
        new MessageContent(fields.text()),
        MessageType.named(fields.text()).orElseThrow(),
        fields.optionalText().map(ClientMessageId::new),
        fields.optionalFields().map(ClusterMessageCodec::attachment),
        Instant.parse(fields.text()));
  }

  private static List<@Nullable Object> write(Attachment attachment) {
    return switch (attachment) {
      case Attachment(
              UploadId(var upload),
              FileName(var name),
              var kind,
              var bytes,
              var size,
              var thumbnailUrl) ->
          WireFields.of(
              upload,
              name,
              kind.mediaType(),
              bytes,
              size.map(pixels -> List.of(pixels.width(), pixels.height())).orElse(null),
              thumbnailUrl.orElse(null));
    };
  }

  private static Attachment attachment(WireFields fields) {
    return new Attachment(
        new UploadId(fields.number()),
        new FileName(fields.text()),
        FileKind.withMediaType(fields.text()).orElseThrow(),
        fields.number(),
        fields
            .optionalFields()
            .map(size -> new Dimensions((int) size.number(), (int) size.number())),
        fields.optionalText());
  }
}
