package io.letschat.application.message;

import io.letschat.application.Addresses;
import io.letschat.application.delivery.MessageLog;
import io.letschat.domain.account.UserId;
import io.letschat.domain.media.Attachment;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.MessageContent;
import io.letschat.domain.message.MessageType;
import io.letschat.domain.message.NewMessage;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A log whose messages name shared files as clients have to ask for them. What is stored knows no
 * base path, so all messages follow when it changes. Addresses elsewhere stay as they are.
 */
public final class BasePathMessageLog implements MessageLog {
  private final MessageLog stored;
  private final Addresses addresses;

  private BasePathMessageLog(MessageLog stored, Addresses addresses) {
    this.stored = stored;
    this.addresses = addresses;
  }

  /** The log itself where there is no base path. */
  public static MessageLog over(MessageLog stored, Addresses addresses) {
    return addresses.basePath().isEmpty() ? stored : new BasePathMessageLog(stored, addresses);
  }

  @Override
  public Appending append(NewMessage message) {
    return switch (stored.append(message)) {
      case Appended(var appended) -> new Appended(shown(appended));
      case AppendedBefore(var known) -> new AppendedBefore(shown(known));
      case Appending nothing -> nothing;
    };
  }

  @Override
  public Optional<Message> sharing(RoomId room, UserId sender, String url) {
    return stored.sharing(room, sender, addresses.within(url)).map(this::shown);
  }

  @Override
  public Head head(RoomId room) {
    return stored.head(room);
  }

  @Override
  public Map<RoomId, Seq> heads(Collection<RoomId> rooms) {
    return stored.heads(rooms);
  }

  @Override
  public List<Message> after(RoomId room, Seq after, int most) {
    return stored.after(room, after, most).stream().map(this::shown).toList();
  }

  @Override
  public List<Message> before(RoomId room, Seq before, int most) {
    return stored.before(room, before, most).stream().map(this::shown).toList();
  }

  private Message shown(Message message) {
    if (message.type() == MessageType.TEXT) {
      return message;
    }
    return new Message(
        message.id(),
        message.room(),
        message.seq(),
        message.sender(),
        message.senderName(),
        new MessageContent(shown(message.content().text())),
        message.type(),
        message.clientId(),
        message.attachment().map(this::shown),
        message.createdAt());
  }

  private Attachment shown(Attachment file) {
    return new Attachment(
        file.upload(),
        file.name(),
        file.kind(),
        file.bytes(),
        file.size(),
        file.thumbnailUrl().map(this::shown));
  }

  private String shown(String url) {
    return url.startsWith("/") ? addresses.of(url) : url;
  }
}
