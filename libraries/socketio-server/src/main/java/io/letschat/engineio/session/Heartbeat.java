package io.letschat.engineio.session;

import io.letschat.engineio.CloseReason;
import io.letschat.engineio.EngineRejectReason;
import io.letschat.engineio.EngineSettings;
import io.letschat.engineio.EngineVersion;
import io.letschat.engineio.packet.EnginePacket;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a session alive or ends it. Revision 4: the server pings and waits for the pong. Revision
 * 3: the client pings, and the server waits for that. One timer a session, on the event loop of its
 * handshake.
 */
final class Heartbeat implements Runnable {
  private final EngineSession session;
  private final EventLoop loop;
  private final EngineSettings settings;
  private @Nullable ScheduledFuture<?> timer;

  /**
   * When the timer is due, in nanoseconds: what follows is computed from it, so that delays do not
   * add up.
   */
  private long due;

  private boolean awaiting;
  private boolean ending;
  private boolean stopped;

  Heartbeat(EngineSession session, EventLoop loop, EngineSettings settings) {
    this.session = session;
    this.loop = loop;
    this.settings = settings;
  }

  synchronized void start() {
    due = System.nanoTime();
    if (session.version() == EngineVersion.V4) {
      schedule(settings.pingInterval());
    } else {
      awaitPing();
    }
  }

  /** A ping or pong came: the client's sign of life, unless it is the other side's to send. */
  void onPacket(char type) {
    boolean ping = type == '2';
    if (ping != (session.version() == EngineVersion.V3)) {
      session.end(CloseReason.TRANSPORT_ERROR);
      return;
    }
    aliveAgain();
    if (ping) {
      session.send(EnginePacket.text('3', ""));
    }
  }

  private synchronized void aliveAgain() {
    due = System.nanoTime();
    if (session.version() == EngineVersion.V3) {
      awaitPing();
    } else if (awaiting) {
      awaiting = false;
      schedule(settings.pingInterval());
    }
  }

  private void awaitPing() {
    awaiting = true;
    schedule(settings.pingInterval().plus(settings.pingTimeout()));
  }

  private void schedule(Duration after) {
    if (ending) {
      return;
    }
    due += after.toNanos();
    cancel();
    if (!stopped && !loop.isShuttingDown()) {
      timer = loop.schedule(this, Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void run() {
    synchronized (this) {
      if (stopped) {
        return;
      }
      if (awaiting && !ending && session.receiver().isPaused()) {
        // The sign of life may be among what we do not read at the moment.
        schedule(settings.pingTimeout());
        return;
      }
      if (!awaiting && !ending) {
        awaiting = true;
        schedule(settings.pingTimeout());
        session.send(EnginePacket.text('2', ""));
        return;
      }
    }
    if (ending) {
      session.end(CloseReason.FORCED_CLOSE);
    } else {
      settings.rejections().rejected(EngineRejectReason.PING_TIMEOUT);
      session.end(CloseReason.PING_TIMEOUT);
    }
  }

  /** No more heartbeat: the session ends after a time in which a client would have polled. */
  synchronized void closeSoon() {
    Duration silence = settings.pingInterval().plus(settings.pingTimeout());
    Duration limit = settings.closeTimeout();
    due = System.nanoTime();
    schedule(limit.compareTo(silence) < 0 ? limit : silence);
    ending = true;
  }

  synchronized void stop() {
    stopped = true;
    cancel();
  }

  private void cancel() {
    ScheduledFuture<?> current = timer;
    timer = null;
    if (current != null) {
      current.cancel(false);
    }
  }
}
