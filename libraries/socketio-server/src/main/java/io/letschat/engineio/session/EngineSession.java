package io.letschat.engineio.session;

import io.letschat.engineio.CloseReason;
import io.letschat.engineio.EngineRejectReason;
import io.letschat.engineio.EngineServer;
import io.letschat.engineio.EngineTransport;
import io.letschat.engineio.EngineVersion;
import io.letschat.engineio.Handshake;
import io.letschat.engineio.packet.EnginePacket;
import io.letschat.engineio.packet.ReceivedPacket;
import io.letschat.engineio.polling.LongPolling;
import io.letschat.engineio.polling.PollingExchange;
import io.letschat.engineio.websocket.UpgradeProbe;
import io.letschat.engineio.websocket.WebSocketChannel;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One Engine.IO session, over whichever transport it uses at present. All methods may be called
 * from any thread; what is sent by one thread arrives in the order of the calls.
 *
 * <p>Everything that changes is guarded by the session's monitor; listeners are called without it.
 */
public final class EngineSession {
  private enum State {
    OPEN,
    /**
     * Closed by us; what is queued still goes out, and a polling client is told with its next poll.
     */
    CLOSING,
    CLOSED
  }

  private final EngineServer server;
  private final String id;
  private final EngineVersion version;
  private final Handshake handshake;
  private final EventLoop loop;
  private final Heartbeat heartbeat;
  private volatile @Nullable EngineSessionListener listener;

  private State state = State.OPEN;
  private CloseReason closing = CloseReason.FORCED_CLOSE;
  private final LongPolling polling;
  private @Nullable Channel webSocket;
  private @Nullable UpgradeProbe probe;
  private boolean readingPaused;

  private final OutboundQueue queue;

  public EngineSession(
      EngineServer server,
      String id,
      EngineVersion version,
      boolean base64Only,
      Handshake handshake,
      EventLoop loop,
      @Nullable Channel webSocket) {
    this.server = server;
    this.id = id;
    this.version = version;
    this.handshake = handshake;
    this.loop = loop;
    this.webSocket = webSocket;
    this.polling = new LongPolling(this, base64Only);
    this.queue = new OutboundQueue(this, server.flusher(loop));
    this.heartbeat = new Heartbeat(this, loop, server.settings());
  }

  /** The Engine.IO session id: a secret between the client and us, never to be shown to others. */
  public String id() {
    return id;
  }

  public EngineVersion version() {
    return version;
  }

  public Handshake handshake() {
    return handshake;
  }

  public EngineServer server() {
    return server;
  }

  public synchronized EngineTransport transport() {
    return webSocket == null ? EngineTransport.POLLING : EngineTransport.WEBSOCKET;
  }

  public synchronized boolean isOpen() {
    return state == State.OPEN;
  }

  public synchronized boolean isClosed() {
    return state == State.CLOSED;
  }

  /** Whether a packet sent now would leave without waiting for the client. */
  public synchronized boolean isWritable() {
    Channel channel = webSocket;
    return state == State.OPEN
        && queue.isEmpty()
        && (channel == null ? polling.isPollWaiting() : channel.isWritable());
  }

  /** What becomes of the client's polls. */
  public LongPolling polling() {
    return polling;
  }

  public void open(EngineSessionListener engineSessionListener) {
    listener = engineSessionListener;
    heartbeat.start();
  }

  /** Runs a task later, on an event loop: it must not block. Null when the server has ended. */
  public @Nullable Future<?> schedule(Runnable task, Duration delay) {
    return loop.isShuttingDown()
        ? null
        : loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  // ---- sending

  /**
   * Sends packets, one right behind the other, and takes over a reference of each. Ignored when
   * closed.
   */
  public void send(List<EnginePacket> packets) {
    send(packets, () -> {});
  }

  /**
   * Like {@link #send(List)}, and does something more while nobody else can send on this session,
   * and before the packets leave. Not done when the session is closed.
   */
  public void send(List<EnginePacket> packets, Runnable atOnce) {
    synchronized (this) {
      if (state == State.OPEN) {
        packets.forEach(queue::add);
        atOnce.run();
        queue.flushSoon();
        return;
      }
    }
    packets.forEach(EnginePacket::release);
  }

  /** Like {@link #send(List)}. */
  public void send(EnginePacket packet) {
    send(List.of(packet));
  }

  /**
   * Waits, if need be and for seconds at most, until the event loop has caught up with what was
   * sent; for senders of bursts. Returns at once on event loops.
   */
  public void pace() {
    if (!(Thread.currentThread() instanceof FastThreadLocalThread)) {
      queue.awaitRoom();
    }
  }

  /** Whether something waits to be taken by an open connection, or by the client's next poll. */
  public synchronized boolean hasUnsent() {
    return state == State.OPEN && !queue.isEmpty();
  }

  /** Bytes that wait to be taken. */
  public synchronized long unsentBytes() {
    return queue.bytes();
  }

  /** Hands what is queued to the transport; called on the flusher's loop. */
  void drain(FlushScheduler by) {
    Channel written = null;
    boolean slow;
    boolean done;
    CloseReason reason;
    synchronized (this) {
      if (!queue.startDrain(by)) {
        return;
      }
      if (webSocket == null) {
        answerPoll();
      } else if (queue.writeTo(webSocket, version)) {
        written = webSocket;
      }
      slow = state == State.OPEN && queue.bytes() > server.settings().maxOutboundBytes();
      done = state == State.CLOSING && webSocket != null && queue.isEmpty();
      reason = closing;
    }
    if (written != null) {
      written.flush();
    }
    if (slow) {
      server.settings().rejections().rejected(EngineRejectReason.SLOW_CLIENT);
      end(CloseReason.SLOW_CLIENT);
    } else if (done) {
      end(reason);
    }
  }

  /** The client's poll waits for what is queued; called with the monitor. */
  public void onPollWaiting() {
    queue.seen();
    answerPoll();
  }

  private void answerPoll() {
    if (!queue.isEmpty()) {
      polling.answer(queue);
    } else if (state == State.CLOSING) {
      // What was sent before got an answer of its own: socket.io-client puts aside what comes
      // together with the close, and asks for it again when it is back.
      PollingExchange told = polling.answerEnd(closing);
      if (told != null) {
        CloseReason reason = closing;
        told.executor().execute(() -> end(reason));
      }
    }
  }

  // ---- upgrade

  /** A WebSocket wants to take over; false when another one does or did already. */
  public synchronized boolean startProbe(UpgradeProbe candidate) {
    if (state != State.OPEN || webSocket != null || probe != null) {
      return false;
    }
    probe = candidate;
    return true;
  }

  /** Ends a waiting poll with a noop, so that the client can go on with its upgrade. */
  public synchronized void releasePoll(UpgradeProbe candidate) {
    if (probe == candidate && queue.isEmpty()) {
      polling.answerWith('6');
    }
  }

  public synchronized void endProbe(UpgradeProbe candidate) {
    if (probe == candidate) {
      probe = null;
    }
  }

  /** From now on the WebSocket carries the session; false when it is closed meanwhile. */
  public synchronized boolean completeUpgrade(UpgradeProbe candidate, Channel channel) {
    if (probe != candidate || state == State.CLOSED) {
      return false;
    }
    probe = null;
    polling.refuseOpen();
    webSocket = channel;
    queue.moveTo(server.flusher(channel.eventLoop()));
    if (readingPaused) {
      WebSocketChannel.pause(channel, this);
    }
    return true;
  }

  /** The WebSocket takes bytes again. */
  public synchronized void onWritable() {
    if (!queue.isEmpty()) {
      queue.flushSoon();
    }
  }

  // ---- receiving

  public void onPacket(ReceivedPacket packet) {
    EngineSessionListener hearing = listener;
    if (hearing == null || !isOpen()) {
      return;
    }
    switch (packet) {
      case ReceivedPacket.Binary(byte[] data) -> hearing.onBinary(data);
      case ReceivedPacket.Text(char type, String data) -> {
        switch (type) {
          case '4' -> hearing.onText(data);
          case '2', '3' -> heartbeat.onPacket(type);
          case '1' -> end(CloseReason.TRANSPORT_CLOSE);
          // An open, upgrade or noop packet means nothing here, and Node ignores them too.
          default -> {}
        }
      }
    }
  }

  /** Stops reading what the client sends: a WebSocket is not read, a POST not answered. */
  public synchronized void pauseReading() {
    readingPaused = true;
    if (webSocket != null) {
      WebSocketChannel.pause(webSocket, this);
    }
  }

  /** Ends {@link #pauseReading}. */
  public synchronized void resumeReading() {
    readingPaused = false;
    if (webSocket != null) {
      WebSocketChannel.resume(webSocket, this);
    } else {
      polling.answerHandledPost();
    }
  }

  public synchronized boolean isReadingPaused() {
    return readingPaused;
  }

  // ---- the end

  /**
   * Closes the session in order: what was sent before still goes out. A polling client learns of it
   * with its next poll.
   */
  public void close() {
    close(CloseReason.FORCED_CLOSE);
  }

  /** Like {@link #close()}, for this reason. */
  public void close(CloseReason reason) {
    synchronized (this) {
      if (state != State.OPEN) {
        return;
      }
      state = State.CLOSING;
      closing = reason;
      if (webSocket == null) {
        answerPoll();
      } else {
        queue.flushSoon();
      }
    }
    heartbeat.endSoon();
  }

  /** Closes the session at once; what was not yet sent is dropped. */
  public void end(CloseReason reason) {
    Channel channel;
    UpgradeProbe probing;
    synchronized (this) {
      if (state == State.CLOSED) {
        return;
      }
      state = State.CLOSED;
      channel = webSocket;
      probing = probe;
      probe = null;
      queue.clear();
      polling.answerEnd(reason);
      polling.answerHandledPost();
    }
    heartbeat.stop();
    server.forget(this);
    if (channel != null) {
      WebSocketChannel.close(channel, reason);
    }
    if (probing != null) {
      probing.abandon(reason);
    }
    EngineSessionListener hearing = listener;
    if (hearing != null) {
      hearing.onClose(reason);
    }
  }
}
