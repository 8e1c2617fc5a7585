package io.letschat.domain.message;

import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.domain.media.Attachment;
import io.letschat.domain.room.RoomId;
import java.time.Instant;
import java.util.Optional;

/**
 * A message that is on disk, with its place in the room and the name its sender has now.
 *
 * @param attachment the shared file, of an image or a file
 */
public record Message(
    MessageId id,
    RoomId room,
    Seq seq,
    UserId sender,
    Username senderName,
    MessageContent content,
    MessageType type,
    Optional<ClientMessageId> clientId,
    Optional<Attachment> attachment,
    Instant createdAt) {}
