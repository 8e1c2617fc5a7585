package io.letschat.messaging.engineio;

import io.netty.buffer.ByteBuf;
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
  private final boolean base64Only;
  private final Handshake handshake;
  private final EventLoop loop;
  private final Heartbeat heartbeat;
  private volatile @Nullable SessionListener listener;

  private State state = State.OPEN;
  private CloseReason closing = CloseReason.FORCED_CLOSE;
  private final LongPolling polling = new LongPolling();
  private @Nullable Channel webSocket;
  private @Nullable UpgradeProbe probe;
  private boolean readingPaused;

  private final OutboundQueue queue;
  private volatile LoopFlusher flusher;
  private boolean flushPending;

  EngineSession(
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
    this.base64Only = base64Only;
    this.handshake = handshake;
    this.loop = loop;
    this.webSocket = webSocket;
    this.flusher = server.flusher(loop);
    this.queue = new OutboundQueue(flusher.backlog());
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

  /** Whether a packet sent now would leave without waiting for the client. */
  public synchronized boolean isWritable() {
    Channel channel = webSocket;
    return state == State.OPEN
        && queue.isEmpty()
        && (channel == null ? polling.isPollWaiting() : channel.isWritable());
  }

  void open(SessionListener sessionListener) {
    listener = sessionListener;
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
        scheduleFlush();
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
      flusher.backlog().awaitRoom();
    }
  }

  /** Whether something waits to be taken by an open connection, or by the client's next poll. */
  public synchronized boolean hasUnsent() {
    return state == State.OPEN && !queue.isEmpty();
  }

  /** Bytes that wait to be taken. */
  synchronized long unsentBytes() {
    return queue.bytes();
  }

  private void scheduleFlush() {
    if (!flushPending) {
      flushPending = true;
      flusher.add(this);
    }
  }

  /** Hands what is queued to the transport; called on the flusher's loop. */
  void drain(LoopFlusher by) {
    Channel written = null;
    boolean slow;
    boolean done;
    CloseReason reason;
    synchronized (this) {
      flushPending = false;
      if (by != flusher) {
        scheduleFlush();
        return;
      }
      queue.seen();
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
      server.settings().refusals().refused(Refusal.SLOW_CLIENT);
      end(CloseReason.SLOW_CLIENT);
    } else if (done) {
      end(reason);
    }
  }

  private void answerPoll() {
    // What was sent before gets an answer of its own, and the close the next: socket.io-client puts
    // aside what comes together with it, and asks for it again when it is back.
    boolean last = state == State.CLOSING && queue.isEmpty();
    if (state == State.CLOSED || (queue.isEmpty() && !last)) {
      return;
    }
    PollingExchange poll = polling.takePoll();
    if (poll == null) {
      return;
    }
    if (last) {
      queue.add(EnginePacket.text('1', ""));
    }
    boolean binary = version == EngineVersion.V3 && !base64Only && queue.hasBinary();
    poll.payload(queue.takePayload(version, binary), binary);
    if (last) {
      CloseReason reason = closing;
      poll.executor().execute(() -> end(reason));
    }
  }

  /** Answers a waiting poll with a packet that jumps the queue. */
  private void answerPollWith(char type) {
    PollingExchange poll = polling.takePoll();
    if (poll != null) {
      EnginePacket packet = EnginePacket.text(type, "");
      ByteBuf payload = PayloadEncoder.text(version, List.of(packet));
      packet.release();
      poll.payload(payload, false);
    }
  }

  // ---- polling

  /** A GET of this session. */
  void onPoll(PollingExchange exchange) {
    synchronized (this) {
      if (state == State.CLOSED || webSocket != null) {
        exchange.refuse(state == State.CLOSED ? Refusal.UNKNOWN_SESSION : Refusal.BAD_REQUEST);
        return;
      }
      if (polling.offerPoll(exchange)) {
        queue.seen();
        answerPoll();
        return;
      }
    }
    overlap(exchange);
  }

  /** The head of a POST of this session; false when it was refused. */
  boolean onPost(PollingExchange exchange) {
    synchronized (this) {
      if (state != State.OPEN || webSocket != null) {
        exchange.refuse(state == State.CLOSED ? Refusal.UNKNOWN_SESSION : Refusal.BAD_REQUEST);
        return false;
      }
      if (polling.offerPost(exchange)) {
        return true;
      }
    }
    overlap(exchange);
    return false;
  }

  /** A client has one poll, and one POST, at a time. */
  private void overlap(PollingExchange second) {
    end(CloseReason.TRANSPORT_ERROR);
    second.refuse(Refusal.POLL_OVERLAP);
  }

  /** The packets of a POST; it is answered once the listener is ready for more. */
  void onPostBody(PollingExchange exchange, List<ReceivedPacket> packets) {
    for (ReceivedPacket packet : packets) {
      if (packet instanceof ReceivedPacket.Text(char type, String data) && type == '1') {
        closedByClient();
        break;
      }
      onPacket(packet);
    }
    synchronized (this) {
      polling.postHandled(exchange);
      if (!readingPaused || state == State.CLOSED) {
        polling.answerHandledPost();
      }
    }
  }

  /** A POST that brought nothing: refused, timed out or too large. */
  synchronized void onPostFailed(PollingExchange exchange) {
    polling.forgetPost(exchange);
  }

  private void closedByClient() {
    synchronized (this) {
      answerPollWith('6');
    }
    end(CloseReason.TRANSPORT_CLOSE);
  }

  /** The connection of a request went away before its answer. */
  void onExchangeLost(PollingExchange exchange) {
    boolean waiting;
    synchronized (this) {
      waiting = polling.lost(exchange);
    }
    if (waiting) {
      end(CloseReason.TRANSPORT_ERROR);
    }
  }

  // ---- upgrade

  /** A WebSocket wants to take over; false when another one does or did already. */
  synchronized boolean startProbe(UpgradeProbe candidate) {
    if (state != State.OPEN || webSocket != null || probe != null) {
      return false;
    }
    probe = candidate;
    return true;
  }

  /** Ends a waiting poll with a noop, so that the client can go on with its upgrade. */
  synchronized void releasePoll(UpgradeProbe candidate) {
    if (probe == candidate && queue.isEmpty()) {
      answerPollWith('6');
    }
  }

  synchronized void endProbe(UpgradeProbe candidate) {
    if (probe == candidate) {
      probe = null;
    }
  }

  /** From now on the WebSocket carries the session; false when it is closed meanwhile. */
  synchronized boolean completeUpgrade(UpgradeProbe candidate, Channel channel) {
    if (probe != candidate || state == State.CLOSED) {
      return false;
    }
    probe = null;
    // A client that keeps to the rules has none of these open; one that came too early is told as
    // if it came after.
    refuse(polling.takePoll());
    refuse(polling.takePost());
    webSocket = channel;
    flusher = server.flusher(channel.eventLoop());
    queue.moveTo(flusher.backlog());
    flushPending = true;
    flusher.add(this);
    if (readingPaused) {
      WebSocketChannel.pause(channel, this);
    }
    return true;
  }

  private static void refuse(@Nullable PollingExchange unfinished) {
    if (unfinished != null) {
      unfinished.refuse(Refusal.BAD_REQUEST);
    }
  }

  /** The WebSocket takes bytes again. */
  synchronized void onWritable() {
    if (!queue.isEmpty()) {
      scheduleFlush();
    }
  }

  // ---- receiving

  void onPacket(ReceivedPacket packet) {
    SessionListener hearing = listener;
    if (hearing == null || !isOpen()) {
      return;
    }
    switch (packet) {
      case ReceivedPacket.Binary(byte[] data) -> hearing.onBinary(data);
      case ReceivedPacket.Text(char type, String data) -> {
        switch (type) {
          case '4' -> hearing.onText(data);
          case '2', '3' -> onHeartbeat(type);
          case '1' -> end(CloseReason.TRANSPORT_CLOSE);
          // An open, upgrade or noop packet means nothing here, and Node ignores them too.
          default -> {}
        }
      }
    }
  }

  private void onHeartbeat(char type) {
    boolean ping = type == '2';
    if (ping != (version == EngineVersion.V3)) {
      end(CloseReason.TRANSPORT_ERROR);
      return;
    }
    heartbeat.heard();
    if (ping) {
      send(EnginePacket.text('3', ""));
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

  synchronized boolean isReadingPaused() {
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
        scheduleFlush();
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
      answerPollWith('1');
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
    SessionListener hearing = listener;
    if (hearing != null) {
      hearing.onClose(reason);
    }
  }
}
