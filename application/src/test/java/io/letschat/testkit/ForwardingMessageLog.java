package io.letschat.testkit;

import io.letschat.application.delivery.MessageLog;
import io.letschat.domain.account.UserId;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.NewMessage;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A log around another one, to override what is to go wrong. */
public class ForwardingMessageLog implements MessageLog {
  private final MessageLog log;

  public ForwardingMessageLog(MessageLog log) {
    this.log = log;
  }

  @Override
  public Appending append(NewMessage message) {
    return log.append(message);
  }

  @Override
  public Optional<Message> sharing(RoomId room, UserId sender, String url) {
    return log.sharing(room, sender, url);
  }

  @Override
  public Head head(RoomId room) {
    return log.head(room);
  }

  @Override
  public Map<RoomId, Seq> heads(Collection<RoomId> rooms) {
    return log.heads(rooms);
  }

  @Override
  public List<Message> after(RoomId room, Seq after, int most) {
    return log.after(room, after, most);
  }

  @Override
  public List<Message> before(RoomId room, Seq before, int most) {
    return log.before(room, before, most);
  }
}
