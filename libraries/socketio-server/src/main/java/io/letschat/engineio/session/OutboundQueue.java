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
  private final EngineSession session;
  private final ArrayDeque<EnginePacket> packets = new ArrayDeque<>(2);
  private long bytes;

  /** Bytes that the event loop, whose backlog they are in, did not look at yet. */
  private long unseen;

  private volatile FlushScheduler flusher;
  private boolean flushPending;

  OutboundQueue(EngineSession session, FlushScheduler flusher) {
    this.session = session;
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
    unseen += packet.size();
    flusher.backlog().add(packet.size());
  }

  // ---- whose turn it is

  /** The session will be drained soon. */
  void flushSoon() {
    if (!flushPending) {
      flushPending = true;
      flusher.add(session);
    }
  }

  /** An event loop is looking; false when it is another's turn, which will look soon. */
  boolean startDrain(FlushScheduler by) {
    flushPending = false;
    if (by != flusher) {
      flushSoon();
      return false;
    }
    seen();
    return true;
  }

  /** What is queued counts no more as something that nobody has looked at. */
  void seen() {
    flusher.backlog().remove(unseen);
    unseen = 0;
  }

  /** Another event loop is going to look. */
  void moveTo(FlushScheduler other) {
    flusher.backlog().remove(unseen);
    other.backlog().add(unseen);
    flusher = other;
    flushPending = true;
    other.add(session);
  }

  /** Waits until the event loop has caught up; without the monitor. */
  void awaitRoom() {
    flusher.backlog().awaitRoom();
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
    seen();
  }
}
