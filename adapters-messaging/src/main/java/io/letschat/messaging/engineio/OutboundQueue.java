package io.letschat.messaging.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;

/** The packets that wait for one session's transport. Guarded by the session's monitor. */
final class OutboundQueue {
  private final ArrayDeque<EnginePacket> packets = new ArrayDeque<>(2);
  private long bytes;

  /** Bytes that the event loop, whose backlog they are in, did not look at yet. */
  private long unseen;

  private FlushBacklog backlog;

  OutboundQueue(FlushBacklog backlog) {
    this.backlog = backlog;
  }

  boolean isEmpty() {
    return packets.isEmpty();
  }

  long bytes() {
    return bytes;
  }

  void add(EnginePacket packet) {
    packets.add(packet);
    bytes += packet.size();
    unseen += packet.size();
    backlog.add(packet.size());
  }

  /** The event loop is looking. */
  void seen() {
    backlog.remove(unseen);
    unseen = 0;
  }

  /** Another event loop is going to look. */
  void moveTo(FlushBacklog other) {
    backlog.remove(unseen);
    other.add(unseen);
    backlog = other;
  }

  /**
   * Writes, without flushing, what the channel takes at once; returns whether that was anything.
   */
  boolean writeTo(Channel channel, EngineVersion version) {
    boolean any = false;
    while (!packets.isEmpty() && channel.isWritable()) {
      EnginePacket packet = packets.remove();
      bytes -= packet.size();
      channel.write(packet.webSocketFrame(version), channel.voidPromise());
      packet.release();
      any = true;
    }
    return any;
  }

  /** Whether a payload for a client that reads binary has to be binary: revision 3 only. */
  boolean hasBinary() {
    return packets.stream().anyMatch(EnginePacket::isBinary);
  }

  /** Empties the queue into the answer of a poll. */
  ByteBuf takePayload(EngineVersion version, boolean binary) {
    ByteBuf payload =
        binary ? PayloadEncoder.binary(packets) : PayloadEncoder.text(version, packets);
    clear();
    return payload;
  }

  void clear() {
    packets.forEach(EnginePacket::release);
    packets.clear();
    bytes = 0;
    seen();
  }
}
