package io.letschat.messaging.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
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
    /** Closed by us; what is queued, and a close packet, still go out with the next poll. */
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
  private volatile LoopFlusher flusher;
  private @Nullable Channel webSocket;
  private @Nullable UpgradeProbe probe;
  private @Nullable PollingExchange poll;
  private @Nullable PollingExchange post;
  private boolean postAnswerable;
  private boolean readingPaused;

  private final ArrayDeque<EnginePacket> queue = new ArrayDeque<>(4);
  private long queuedBytes;
  private long unseenBytes;
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
    this.flusher = server.flusher(loop);
    this.webSocket = webSocket;
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
        && (channel == null ? poll != null : channel.isWritable());
  }

  void open(SessionListener sessionListener) {
    listener = sessionListener;
    heartbeat.start();
  }

  // ---- sending

  /**
   * Sends packets, one right behind the other, and takes over a reference of each. Ignored when
   * closed.
   */
  public void send(List<EnginePacket> packets) {
    synchronized (this) {
      if (state == State.OPEN) {
        for (EnginePacket packet : packets) {
          enqueue(packet);
        }
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
   * sent; for senders of bursts, not for event loops, where it returns at once.
   */
  public void pace() {
    LoopFlusher current = flusher;
    if (!current.loop().inEventLoop()) {
      current.backlog().awaitRoom();
    }
  }

  private void enqueue(EnginePacket packet) {
    queue.add(packet);
    queuedBytes += packet.size();
    unseenBytes += packet.size();
    flusher.backlog().add(packet.size());
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
    synchronized (this) {
      flushPending = false;
      if (by != flusher) {
        scheduleFlush();
        return;
      }
      by.backlog().remove(unseenBytes);
      unseenBytes = 0;
      if (webSocket != null) {
        written = writeFrames(webSocket) ? webSocket : null;
      } else if (state != State.CLOSED) {
        answerPoll();
      }
      slow = state == State.OPEN && queuedBytes > server.settings().maxOutboundBytes();
    }
    if (written != null) {
      written.flush();
    }
    if (slow) {
      server.settings().refusals().refused(Refusal.SLOW_CLIENT);
      end(CloseReason.SLOW_CLIENT);
    }
  }

  private boolean writeFrames(Channel channel) {
    boolean any = false;
    while (!queue.isEmpty() && channel.isWritable()) {
      EnginePacket packet = queue.remove();
      queuedBytes -= packet.size();
      channel.write(packet.webSocketFrame(version), channel.voidPromise());
      packet.release();
      any = true;
    }
    return any;
  }

  private void answerPoll() {
    PollingExchange waiting = poll;
    boolean closing = state == State.CLOSING;
    if (waiting == null || (queue.isEmpty() && !closing)) {
      return;
    }
    if (closing) {
      queue.add(EnginePacket.text('1', ""));
    }
    poll = null;
    boolean binary =
        version == EngineVersion.V3
            && !base64Only
            && queue.stream().anyMatch(EnginePacket::isBinary);
    ByteBuf payload = binary ? PayloadEncoder.binary(queue) : PayloadEncoder.text(version, queue);
    dropQueue();
    waiting.payload(payload, binary);
    if (closing) {
      waiting.executor().execute(() -> end(CloseReason.FORCED_CLOSE));
    }
  }

  private void dropQueue() {
    queue.forEach(EnginePacket::release);
    queue.clear();
    queuedBytes = 0;
    flusher.backlog().remove(unseenBytes);
    unseenBytes = 0;
  }

  // ---- polling

  /** A GET of this session. */
  void onPoll(PollingExchange exchange) {
    boolean overlap;
    synchronized (this) {
      if (state == State.CLOSED || webSocket != null) {
        exchange.refuse(state == State.CLOSED ? Refusal.UNKNOWN_SESSION : Refusal.BAD_REQUEST);
        return;
      }
      overlap = poll != null;
      if (!overlap) {
        poll = exchange;
        if (!queue.isEmpty() || state == State.CLOSING) {
          answerPoll();
        }
        return;
      }
    }
    server.settings().refusals().refused(Refusal.POLL_OVERLAP);
    end(CloseReason.TRANSPORT_ERROR);
    exchange.refuse(Refusal.BAD_REQUEST);
  }

  /** The head of a POST of this session; false when it was refused. */
  boolean onPost(PollingExchange exchange) {
    synchronized (this) {
      if (state != State.OPEN || webSocket != null) {
        exchange.refuse(state == State.CLOSED ? Refusal.UNKNOWN_SESSION : Refusal.BAD_REQUEST);
        return false;
      }
      if (post == null) {
        post = exchange;
        postAnswerable = false;
        return true;
      }
    }
    server.settings().refusals().refused(Refusal.POLL_OVERLAP);
    end(CloseReason.TRANSPORT_ERROR);
    exchange.refuse(Refusal.BAD_REQUEST);
    return false;
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
      if (post != exchange) {
        return;
      }
      postAnswerable = true;
      if (!readingPaused) {
        answerPost();
      }
    }
  }

  /** A POST that brought nothing: refused, timed out or too large. */
  synchronized void onPostFailed(PollingExchange exchange) {
    if (post == exchange) {
      post = null;
    }
  }

  private void answerPost() {
    PollingExchange answered = post;
    if (answered != null && postAnswerable) {
      post = null;
      answered.ok();
    }
  }

  private void closedByClient() {
    synchronized (this) {
      PollingExchange waiting = poll;
      if (waiting != null) {
        poll = null;
        waiting.payload(noop(), false);
      }
    }
    end(CloseReason.TRANSPORT_CLOSE, false);
  }

  /** The connection of a request went away before its answer. */
  void onExchangeLost(PollingExchange exchange) {
    synchronized (this) {
      if (poll != exchange && post != exchange) {
        return;
      }
      if (poll == exchange) {
        poll = null;
      }
      if (post == exchange) {
        post = null;
      }
    }
    end(CloseReason.TRANSPORT_ERROR);
  }

  private ByteBuf noop() {
    EnginePacket noop = EnginePacket.text('6', "");
    try {
      return PayloadEncoder.text(version, List.of(noop));
    } finally {
      noop.release();
    }
  }

  // ---- upgrade

  /** Whether a WebSocket may try to take over. */
  synchronized boolean mayUpgrade() {
    return state == State.OPEN && webSocket == null && probe == null;
  }

  /** A WebSocket wants to take over; false when another one does already. */
  synchronized boolean startProbe(UpgradeProbe candidate) {
    if (!mayUpgrade()) {
      return false;
    }
    probe = candidate;
    return true;
  }

  /** Ends a waiting poll with a noop, so that the client can go on with its upgrade. */
  void releasePoll(UpgradeProbe candidate) {
    synchronized (this) {
      PollingExchange waiting = poll;
      if (probe == candidate && waiting != null && queue.isEmpty()) {
        poll = null;
        waiting.payload(noop(), false);
      }
    }
  }

  synchronized void endProbe(UpgradeProbe candidate) {
    if (probe == candidate) {
      probe = null;
    }
  }

  /** From now on the WebSocket carries the session; false when it is closed meanwhile. */
  boolean completeUpgrade(UpgradeProbe candidate, Channel channel) {
    synchronized (this) {
      if (probe != candidate || state != State.OPEN) {
        return false;
      }
      probe = null;
      PollingExchange waiting = poll;
      if (waiting != null) {
        poll = null;
        waiting.payload(noop(), false);
      }
      if (post != null) {
        PollingExchange unfinished = post;
        post = null;
        unfinished.refuse(Refusal.BAD_REQUEST);
      }
      webSocket = channel;
      flusher.backlog().remove(unseenBytes);
      flusher = server.flusher(channel.eventLoop());
      flusher.backlog().add(unseenBytes);
      flushPending = true;
      flusher.add(this);
      if (readingPaused) {
        WebSocketHandler.pause(channel, this);
      }
      return true;
    }
  }

  void onWebSocketWritable() {
    synchronized (this) {
      if (!queue.isEmpty()) {
        scheduleFlush();
      }
    }
  }

  /** Runs a task later, on an event loop: it must not block. */
  public void schedule(Runnable task, Duration delay) {
    if (!loop.isShuttingDown()) {
      loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
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
  public void pauseReading() {
    setReadingPaused(true);
  }

  /** Ends {@link #pauseReading}. */
  public void resumeReading() {
    setReadingPaused(false);
  }

  private synchronized void setReadingPaused(boolean paused) {
    if (readingPaused == paused) {
      return;
    }
    readingPaused = paused;
    Channel channel = webSocket;
    if (channel != null) {
      if (paused) {
        WebSocketHandler.pause(channel, this);
      } else {
        WebSocketHandler.resume(channel, this);
      }
    } else if (!paused) {
      answerPost();
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
    boolean now;
    Channel channel;
    synchronized (this) {
      if (state != State.OPEN) {
        return;
      }
      channel = webSocket;
      now = channel != null || poll != null;
      if (channel == null) {
        state = State.CLOSING;
        answerPoll();
      }
    }
    if (channel != null) {
      channel.eventLoop().execute(() -> flushAndEnd(CloseReason.FORCED_CLOSE));
    } else if (!now) {
      heartbeat.closeAfter(server.settings().closeTimeout());
    }
  }

  private void flushAndEnd(CloseReason reason) {
    synchronized (this) {
      if (webSocket != null) {
        writeFrames(webSocket);
      }
    }
    end(reason);
  }

  /** Closes the session at once. */
  public void end(CloseReason reason) {
    end(reason, true);
  }

  private void end(CloseReason reason, boolean tellPoll) {
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
      dropQueue();
      PollingExchange waiting = poll;
      poll = null;
      if (waiting != null && tellPoll) {
        EnginePacket close = EnginePacket.text('1', "");
        waiting.payload(PayloadEncoder.text(version, List.of(close)), false);
        close.release();
      }
      // The POST that brought the end is answered by its caller; one that waits for the listener is
      // answered here.
      if (post != null && postAnswerable) {
        answerPost();
      }
    }
    heartbeat.stop();
    server.forget(this);
    if (channel != null) {
      WebSocketHandler.close(channel, reason);
    }
    if (probing != null) {
      probing.abandon();
    }
    SessionListener hearing = listener;
    if (hearing != null) {
      hearing.onClose(reason);
    }
  }
}
