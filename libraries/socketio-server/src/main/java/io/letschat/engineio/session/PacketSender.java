package io.letschat.engineio.session;

import io.letschat.engineio.CloseReason;
import io.letschat.engineio.EngineRejectReason;
import io.letschat.engineio.packet.EnginePacket;
import io.letschat.engineio.polling.PollingExchange;
import io.netty.channel.Channel;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outbound side of a session: hands its packets to the transport that carries it at present, in
 * the order in which they were sent. Guarded by the session's monitor.
 */
public final class PacketSender {
  private final EngineSession session;
  private final OutboundQueue queue;

  PacketSender(EngineSession session, FlushScheduler flusher) {
    this.session = session;
    this.queue = new OutboundQueue(this, flusher);
  }

  /**
   * Sends packets and runs something more while nobody else can send on this session, and before
   * the packets leave. Not done when the session is closed.
   */
  void send(List<EnginePacket> packets, Runnable inOrder) {
    synchronized (session) {
      if (session.isOpen()) {
        packets.forEach(queue::add);
        inOrder.run();
        queue.flushSoon();
        return;
      }
    }
    packets.forEach(EnginePacket::release);
  }

  /**
   * Backpressure for senders of bursts: waits, if need be and for seconds at most, until the event
   * loop has caught up with what was sent. Returns at once on event loops.
   */
  public void awaitCapacity() {
    if (!(Thread.currentThread() instanceof FastThreadLocalThread)) {
      queue.awaitCapacity();
    }
  }

  /** Whether something waits to be taken by an open connection, or by the client's next poll. */
  public boolean hasUnsent() {
    synchronized (session) {
      return session.isOpen() && !queue.isEmpty();
    }
  }

  /** Bytes that wait to be taken. */
  public long unsentBytes() {
    synchronized (session) {
      return queue.bytes();
    }
  }

  /** The WebSocket takes bytes again. */
  public void onWritable() {
    synchronized (session) {
      if (!queue.isEmpty()) {
        queue.flushSoon();
      }
    }
  }

  /** Hands what is queued to the transport; called on the flusher's loop. */
  void drain(FlushScheduler by) {
    Channel written = null;
    boolean slow;
    @Nullable CloseReason drained = null;
    synchronized (session) {
      if (!queue.startDrain(by)) {
        return;
      }
      Channel webSocket = session.webSocket();
      if (webSocket == null) {
        answerPoll();
      } else if (queue.writeTo(webSocket, session.version())) {
        written = webSocket;
      }
      slow = session.isOpen() && queue.bytes() > session.server().settings().maxOutboundBytes();
      if (webSocket != null && queue.isEmpty()) {
        drained = session.closing();
      }
    }
    if (written != null) {
      written.flush();
    }
    if (slow) {
      session.server().settings().rejections().rejected(EngineRejectReason.SLOW_CLIENT);
      session.end(CloseReason.SLOW_CLIENT);
    } else if (drained != null) {
      session.end(drained);
    }
  }

  // ---- for the transports, with the monitor

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** The client's poll waits for what is queued. */
  public void onPollWaiting() {
    queue.acknowledge();
    answerPoll();
  }

  /** The session is closing: what is queued goes out, and then the close. */
  void flushAndClose() {
    if (session.webSocket() == null) {
      answerPoll();
    } else {
      queue.flushSoon();
    }
  }

  private void answerPoll() {
    CloseReason closing = session.closing();
    if (!queue.isEmpty()) {
      session.polling().answer(queue);
    } else if (closing != null) {
      // What was sent before got an answer of its own: socket.io-client puts aside what comes
      // together with the close, and asks for it again when it is back.
      PollingExchange answered = session.polling().answerEnd(closing);
      if (answered != null) {
        answered.executor().execute(() -> session.end(closing));
      }
    }
  }

  /** Another event loop carries the session from now on. */
  void moveTo(FlushScheduler flusher) {
    queue.moveTo(flusher);
  }

  void clear() {
    queue.clear();
  }
}
