package io.letschat.engineio.session;

import io.letschat.engineio.websocket.UpgradeProbe;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * A session's upgrade from long-polling to WebSocket: one probe at a time, and none once a
 * WebSocket carries the session. Guarded by the session's monitor.
 */
public final class TransportUpgrade {
  private final EngineSession session;
  private @Nullable UpgradeProbe probe;

  TransportUpgrade(EngineSession session) {
    this.session = session;
  }

  /** A WebSocket starts to probe; false when another one does, or carries the session already. */
  public boolean start(UpgradeProbe candidate) {
    synchronized (session) {
      if (!session.isOpen() || session.webSocket() != null || probe != null) {
        return false;
      }
      probe = candidate;
      return true;
    }
  }

  /** Answers a waiting poll with a noop, so that the client can go on with its upgrade. */
  public void releasePoll(UpgradeProbe candidate) {
    synchronized (session) {
      if (probe == candidate && session.sender().isEmpty()) {
        session.polling().answerWith('6');
      }
    }
  }

  public void fail(UpgradeProbe candidate) {
    synchronized (session) {
      if (probe == candidate) {
        probe = null;
      }
    }
  }

  /** From now on the WebSocket carries the session; false when it is closed meanwhile. */
  public boolean complete(UpgradeProbe candidate, Channel channel) {
    synchronized (session) {
      if (probe != candidate || session.isClosed()) {
        return false;
      }
      probe = null;
      session.moveTo(channel);
      return true;
    }
  }

  /** The session has ended; returns the probe that is to be closed with it. */
  @Nullable UpgradeProbe cancel() {
    UpgradeProbe cancelled = probe;
    probe = null;
    return cancelled;
  }
}
