package io.letschat.engineio.websocket;

import io.letschat.engineio.CloseReason;
import io.letschat.engineio.EngineRejectReason;
import io.letschat.engineio.EngineSettings;
import io.letschat.engineio.packet.ReceivedPacket;
import io.letschat.engineio.session.EngineSession;
import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket on its way to take over a polling session: {@code 2probe}, {@code 3probe}, then
 * {@code 5}. Lives on the WebSocket's event loop.
 */
public final class UpgradeProbe {
  /**
   * The client may have begun a new poll before it read our probe's answer, so its polls are
   * released repeatedly.
   */
  private static final int RELEASE_EVERY_MILLIS = 100;

  private final EngineSession session;
  private final Channel channel;
  private final ScheduledFuture<?> timeout;
  private @Nullable ScheduledFuture<?> releasing;

  UpgradeProbe(EngineSession session, Channel channel, EngineSettings settings) {
    this.session = session;
    this.channel = channel;
    this.timeout =
        channel
            .eventLoop()
            .schedule(this::fail, settings.upgradeTimeout().toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Returns whether the session is now carried by the WebSocket. */
  boolean onPacket(ReceivedPacket packet) {
    if (packet instanceof ReceivedPacket.Text(char type, String data)) {
      if (type == '2' && data.equals("probe")) {
        session.upgrade().releasePoll(this);
        WebSocketChannel.text(channel, "3probe");
        if (releasing == null) {
          releasing =
              channel
                  .eventLoop()
                  .scheduleAtFixedRate(
                      () -> session.upgrade().releasePoll(this),
                      RELEASE_EVERY_MILLIS,
                      RELEASE_EVERY_MILLIS,
                      TimeUnit.MILLISECONDS);
        }
        return false;
      }
      if (type == '5') {
        stop();
        if (session.upgrade().complete(this, channel)) {
          return true;
        }
      }
    }
    fail();
    return false;
  }

  /** The WebSocket went away or misbehaved; the session goes on with polling. */
  void fail() {
    stop();
    session.upgrade().fail(this);
    session.server().settings().rejections().rejected(EngineRejectReason.UPGRADE_FAILED);
    WebSocketChannel.close(channel, CloseReason.TRANSPORT_CLOSE);
  }

  /** The session ended meanwhile. */
  public void abandon(CloseReason reason) {
    channel
        .eventLoop()
        .execute(() -> {
          stop();
          WebSocketChannel.close(channel, reason);
        });
  }

  private void stop() {
    timeout.cancel(false);
    ScheduledFuture<?> current = releasing;
    if (current != null) {
      current.cancel(false);
    }
  }
}
