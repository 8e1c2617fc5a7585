package io.letschat.domain.message;

import io.letschat.domain.account.SessionId;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.domain.media.Attachment;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomId;
import java.time.Instant;
import java.util.Optional;

/**
 * A message that a member wants to say; the log gives it an id and a number. Times have whole
 * milliseconds.
 *
 * @param session in whose name; the log refuses the message once it has ended
 * @param attachment the shared file, of an image or a file
 */
public record NewMessage(
    Member member,
    SessionId session,
    MessageContent content,
    MessageType type,
    Optional<ClientMessageId> clientId,
    Optional<Attachment> attachment,
    Instant createdAt) {
  /** One that shares no file. */
  public NewMessage(
      Member member,
      SessionId session,
      MessageContent content,
      MessageType type,
      Optional<ClientMessageId> clientId,
      Instant createdAt) {
    this(member, session, content, type, clientId, Optional.empty(), createdAt);
  }

  public RoomId room() {
    return member.room().id();
  }

  public UserId sender() {
    return member.user();
  }

  /** The same message once it has its place. */
  public Message at(MessageId id, Seq seq) {
    Username name = member.name();
    return new Message(
        id, room(), seq, sender(), name, content, type, clientId, attachment, createdAt);
  }
}
