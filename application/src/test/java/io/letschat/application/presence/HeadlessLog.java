package io.letschat.application.presence;

import io.letschat.application.delivery.MessageLog;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomId;
import io.letschat.testkit.ForwardingMessageLog;
import java.util.List;

/** A log whose pages cannot be read while it is broken. */
final class HeadlessLog extends ForwardingMessageLog {
  private final boolean[] broken;

  HeadlessLog(MessageLog log, boolean[] broken) {
    super(log);
    this.broken = broken;
  }

  @Override
  public List<Message> before(RoomId room, Seq before, int most) {
    if (broken[0]) {
      throw new IllegalStateException("the log is away");
    }
    return super.before(room, before, most);
  }
}
