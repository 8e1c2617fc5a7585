package io.letschat.messaging.engineio;

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
  private boolean awaiting;
  private boolean stopped;
  private boolean closing;

  Heartbeat(EngineSession session, EventLoop loop, EngineSettings settings) {
    this.session = session;
    this.loop = loop;
    this.settings = settings;
  }

  synchronized void start() {
    if (session.version() == EngineVersion.V4) {
      schedule(settings.pingInterval());
    } else {
      awaitClient();
    }
  }

  /** The client gave its sign of life. */
  synchronized void heard() {
    if (session.version() == EngineVersion.V4) {
      if (awaiting) {
        awaiting = false;
        schedule(settings.pingInterval());
      }
    } else {
      awaitClient();
    }
  }

  private void awaitClient() {
    awaiting = true;
    schedule(settings.pingInterval().plus(settings.pingTimeout()));
  }

  private void schedule(Duration delay) {
    cancel();
    if (!stopped && !closing && !loop.isShuttingDown()) {
      timer = loop.schedule(this, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void run() {
    boolean timedOut;
    synchronized (this) {
      if (stopped) {
        return;
      }
      timedOut = awaiting;
      if (timedOut && session.isReadingPaused()) {
        // The sign of life may be among what we do not read at the moment.
        schedule(settings.pingTimeout());
        return;
      }
      if (!timedOut) {
        awaiting = true;
        schedule(settings.pingTimeout());
      }
    }
    if (timedOut) {
      settings.refusals().refused(Refusal.PING_TIMEOUT);
      session.end(CloseReason.PING_TIMEOUT);
    } else {
      session.send(EnginePacket.text('2', ""));
    }
  }

  /** Ends the session after a time, whatever the client does. */
  synchronized void closeAfter(Duration delay) {
    cancel();
    closing = true;
    if (!stopped && !loop.isShuttingDown()) {
      timer =
          loop.schedule(
              () -> session.end(CloseReason.FORCED_CLOSE), delay.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  synchronized void stop() {
    stopped = true;
    cancel();
  }

  private void cancel() {
    ScheduledFuture<?> current = timer;
    if (current != null) {
      current.cancel(false);
      timer = null;
    }
  }
}
