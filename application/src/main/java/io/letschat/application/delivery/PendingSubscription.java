package io.letschat.application.delivery;

import io.letschat.domain.message.Message;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomEpoch;
import io.letschat.domain.room.RoomId;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection that is subscribed to a room and does not get its messages yet: those after its
 * position are kept for it until {@link #activate}. It ends by that, by {@link #cancel}, or when
 * the connection leaves the room or subscribes to it anew.
 */
public final class PendingSubscription {
  private final RoomStream stream;
  private final RoomStreams streams;
  private final Connection connection;
  private final MessageLog.Head head;

  /** Guarded by the stream's lock. */
  private final List<Message> kept = new ArrayList<>();

  PendingSubscription(
      RoomStream stream, RoomStreams streams, Connection connection, MessageLog.Head head) {
    this.stream = stream;
    this.streams = streams;
    this.connection = connection;
    this.head = head;
  }

  public RoomId room() {
    return stream.room();
  }

  /** The number of the last message that was delivered before. */
  public Seq position() {
    return head.last();
  }

  public RoomEpoch epoch() {
    return head.epoch();
  }

  /** The user of the connection belongs to the room. */
  public void admit(Member member) {
    streams.registry().admit(member, connection);
  }

  /**
   * Hands over what was kept; the connection gets everything else from now on.
   *
   * @return false, and without effect, if it has ended
   */
  public boolean activate() {
    return stream.activate(this);
  }

  /** The connection is not in the room any more. */
  public void cancel() {
    streams.unsubscribe(room(), connection);
  }

  Connection connection() {
    return connection;
  }

  void keep(Message message) {
    kept.add(message);
  }

  void handOver() {
    kept.forEach(message -> connection.send(new RoomEvent.MessageSent(message)));
  }
}
