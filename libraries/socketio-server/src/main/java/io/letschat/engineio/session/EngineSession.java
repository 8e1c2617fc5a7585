package io.letschat.engineio.session;

import io.letschat.engineio.CloseReason;
import io.letschat.engineio.EngineServer;
import io.letschat.engineio.EngineTransport;
import io.letschat.engineio.EngineVersion;
import io.letschat.engineio.Handshake;
import io.letschat.engineio.packet.EnginePacket;
import io.letschat.engineio.polling.LongPolling;
import io.letschat.engineio.websocket.UpgradeProbe;
import io.letschat.engineio.websocket.WebSocketChannel;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
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
     * Closed by us; what is queued still goes out, and a polling client gets the close with its
     * next poll.
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

  private State state = State.OPEN;
  private CloseReason closing = CloseReason.FORCED_CLOSE;
  private final LongPolling polling;
  private final TransportUpgrade upgrade;
  private final PacketSender sender;
  private final PacketReceiver receiver;
  private @Nullable Channel webSocket;

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
    this.upgrade = new TransportUpgrade(this);
    this.sender = new PacketSender(this, server.flusher(loop));
    this.heartbeat = new Heartbeat(this, loop, server.settings());
    this.receiver = new PacketReceiver(this, heartbeat);
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
        && sender.isEmpty()
        && (channel == null ? polling.isPollWaiting() : channel.isWritable());
  }

  /** The requests of a client that polls. */
  public LongPolling polling() {
    return polling;
  }

  public void open(EngineSessionListener listener) {
    receiver.open(listener);
    heartbeat.start();
  }

  /** Runs a task later, on an event loop: it must not block. Null when the server has ended. */
  public @Nullable Future<?> schedule(Runnable task, Duration delay) {
    return loop.isShuttingDown()
        ? null
        : loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  // ---- sending

  /** The outbound side, with what waits for the client. */
  public PacketSender sender() {
    return sender;
  }

  /**
   * Sends packets, one right behind the other, and takes over a reference of each. Ignored when
   * closed.
   */
  public void send(List<EnginePacket> packets) {
    sender.send(packets, () -> {});
  }

  /**
   * Like {@link #send(List)}, and runs something more while nobody else can send on this session,
   * and before the packets leave. Not done when the session is closed.
   */
  public void send(List<EnginePacket> packets, Runnable inOrder) {
    sender.send(packets, inOrder);
  }

  /** Like {@link #send(List)}. */
  public void send(EnginePacket packet) {
    sender.send(List.of(packet), () -> {});
  }

  // ---- receiving

  /** The inbound side, for the transports. */
  public PacketReceiver receiver() {
    return receiver;
  }

  /** Stops reading what the client sends: a WebSocket is not read, a POST not answered. */
  public void pauseReading() {
    receiver.pause();
  }

  /** Ends {@link #pauseReading}. */
  public void resumeReading() {
    receiver.resume();
  }

  // ---- upgrade

  public TransportUpgrade upgrade() {
    return upgrade;
  }

  @Nullable Channel webSocket() {
    return webSocket;
  }

  /** A WebSocket carries the session from now on; called with the monitor. */
  void moveTo(Channel channel) {
    polling.rejectOpenRequests();
    webSocket = channel;
    sender.moveTo(server.flusher(channel.eventLoop()));
    receiver.moveTo(channel);
  }

  // ---- closing

  /** Why the session is closing; null when it is open, or closed. Called with the monitor. */
  @Nullable CloseReason closing() {
    return state == State.CLOSING ? closing : null;
  }

  /**
   * Closes the session gracefully: what was sent before still goes out. A polling client gets the
   * close with its next poll.
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
      sender.flushAndClose();
    }
    heartbeat.closeSoon();
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
      probing = upgrade.cancel();
      sender.clear();
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
    receiver.onClose(reason);
  }
}
