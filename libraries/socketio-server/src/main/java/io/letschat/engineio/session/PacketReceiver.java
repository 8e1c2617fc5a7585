package io.letschat.engineio.session;

import io.letschat.engineio.CloseReason;
import io.letschat.engineio.packet.ReceivedPacket;
import io.letschat.engineio.websocket.WebSocketChannel;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * The inbound side of a session: passes messages to the listener and heartbeats to the {@link
 * Heartbeat}, and pauses the reading of whichever transport carries the session.
 */
public final class PacketReceiver {
  private final EngineSession session;
  private final Heartbeat heartbeat;
  private volatile @Nullable EngineSessionListener listener;
  private boolean paused;

  PacketReceiver(EngineSession session, Heartbeat heartbeat) {
    this.session = session;
    this.heartbeat = heartbeat;
  }

  void open(EngineSessionListener opened) {
    listener = opened;
  }

  /** A packet came, on the event loop of its connection. */
  public void onPacket(ReceivedPacket packet) {
    EngineSessionListener current = listener;
    if (current == null || !session.isOpen()) {
      return;
    }
    switch (packet) {
      case ReceivedPacket.Binary(byte[] data) -> current.onBinary(data);
      case ReceivedPacket.Text(char type, String data) -> {
        switch (type) {
          case '4' -> current.onText(data);
          case '2', '3' -> heartbeat.onPacket(type);
          case '1' -> session.end(CloseReason.TRANSPORT_CLOSE);
          // An open, upgrade or noop packet means nothing here, and Node ignores them too.
          default -> {}
        }
      }
    }
  }

  void onClose(CloseReason reason) {
    EngineSessionListener current = listener;
    if (current != null) {
      current.onClose(reason);
    }
  }

  void pause() {
    synchronized (session) {
      paused = true;
      if (session.webSocket() != null) {
        WebSocketChannel.pause(session.webSocket(), session);
      }
    }
  }

  void resume() {
    synchronized (session) {
      paused = false;
      if (session.webSocket() != null) {
        WebSocketChannel.resume(session.webSocket(), session);
      } else {
        session.polling().answerHandledPost();
      }
    }
  }

  public boolean isPaused() {
    synchronized (session) {
      return paused;
    }
  }

  /** A WebSocket carries the session from now on; called with the monitor. */
  void moveTo(Channel webSocket) {
    if (paused) {
      WebSocketChannel.pause(webSocket, session);
    }
  }
}
