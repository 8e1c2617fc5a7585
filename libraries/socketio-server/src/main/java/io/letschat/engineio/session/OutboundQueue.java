package io.letschat.engineio.session;

import io.letschat.engineio.EngineVersion;
import io.letschat.engineio.packet.EnginePacket;
import io.letschat.engineio.packet.PayloadEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;

/**
 * The packets that wait for one session's transport, and the event loop that will hand them over.
 * Guarded by the session's monitor.
 */
public final class OutboundQueue {
  private final PacketSender sender;
  private final ArrayDeque<EnginePacket> packets = new ArrayDeque<>(2);
  private long bytes;

  /** Bytes that the event loop has not looked at yet: part of its backpressure. */
  private long unacknowledged;

  private volatile FlushScheduler flusher;
  private boolean flushPending;

  OutboundQueue(PacketSender sender, FlushScheduler flusher) {
    this.sender = sender;
    this.flusher = flusher;
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
    unacknowledged += packet.size();
    flusher.backpressure().add(packet.size());
  }

  // ---- scheduling

  /** The session will be drained soon. */
  void flushSoon() {
    if (!flushPending) {
      flushPending = true;
      flusher.add(sender);
    }
  }

  /** An event loop drains; false when the session has moved to another, which will do so soon. */
  boolean startDrain(FlushScheduler by) {
    flushPending = false;
    if (by != flusher) {
      flushSoon();
      return false;
    }
    acknowledge();
    return true;
  }

  /** The event loop has looked at what is queued: it is no longer part of its backpressure. */
  void acknowledge() {
    flusher.backpressure().remove(unacknowledged);
    unacknowledged = 0;
  }

  /** Another event loop is going to drain. */
  void moveTo(FlushScheduler other) {
    flusher.backpressure().remove(unacknowledged);
    other.backpressure().add(unacknowledged);
    flusher = other;
    flushPending = true;
    other.add(sender);
  }

  /** Waits until the event loop has caught up; without the monitor. */
  void awaitCapacity() {
    flusher.backpressure().awaitCapacity();
  }

  // ---- handing over

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
  public boolean hasBinary() {
    return packets.stream().anyMatch(EnginePacket::isBinary);
  }

  /** Empties the queue into the answer of a poll. */
  public ByteBuf takePayload(EngineVersion version, boolean binary) {
    ByteBuf payload =
        binary ? PayloadEncoder.binary(packets) : PayloadEncoder.text(version, packets);
    clear();
    return payload;
  }

  void clear() {
    packets.forEach(EnginePacket::release);
    packets.clear();
    bytes = 0;
    acknowledge();
  }
}
