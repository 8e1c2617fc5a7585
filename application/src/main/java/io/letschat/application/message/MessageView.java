package io.letschat.application.message;

import io.letschat.domain.account.UserId;
import io.letschat.domain.media.Attachment;
import io.letschat.domain.media.Dimensions;
import io.letschat.domain.media.FileName;
import io.letschat.domain.message.ClientMessageId;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.MessageContent;
import io.letschat.domain.message.MessageId;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What a message says of itself to the outside, as plain data. The HTTP API and the encoders of
 * both dialects make their JSON of it. They take it apart by a pattern that names every component,
 * as {@link #of} does with the message: what gains a component compiles again only when each of
 * them says what becomes of it.
 *
 * @param createdAt ISO 8601, UTC, with milliseconds
 */
public record MessageView(
    long id,
    long roomId,
    long seq,
    long userId,
    String username,
    String content,
    String messageType,
    Optional<String> clientMessageId,
    Optional<FileView> file,
    String createdAt) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /**
   * The file that a message shares.
   *
   * @param type the media type
   * @param size in bytes
   * @param dimensions of an image, in pixels
   */
  public record FileView(
      String name,
      String type,
      long size,
      Optional<Dimensions> dimensions,
      Optional<String> thumbnailUrl) {
    static FileView of(Attachment attachment) {
      return switch (attachment) {
        case Attachment(var upload, FileName(var name), var kind, var bytes, var size, var small) ->
            new FileView(name, kind.mediaType(), bytes, size, small);
      };
    }
  }

  public static MessageView of(Message message) {
    return switch (message) {
      case Message(
              MessageId(var id),
              RoomId(var room),
              Seq(var seq),
              UserId(var sender),
              var senderName,
              MessageContent(var content),
              var type,
              var clientId,
              var attachment,
              var createdAt) ->
          new MessageView(
              id,
              room,
              seq,
              sender,
              senderName.text(),
              content,
              type.wireName(),
              clientId.map(ClientMessageId::value),
              attachment.map(FileView::of),
              time(createdAt));
    };
  }

  /** A time on the wire. */
  public static String time(Instant instant) {
    return TIME.format(instant);
  }
}
