package io.letschat.socketio.namespace;

import io.letschat.engineio.packet.EnginePacket;
import io.letschat.engineio.session.EngineSession;
import java.util.List;

/**
 * Sends events with their recovery offsets while these are enabled, and none after they have been
 * disabled. Guarded by its monitor.
 */
final class OffsetSender {
  private final EngineSession session;
  private boolean enabled;

  OffsetSender(EngineSession session) {
    this.session = session;
  }

  synchronized void enable() {
    enabled = true;
  }

  /**
   * @param overwriting what is sent right after the last event with an offset
   */
  synchronized void disable(List<EnginePacket> overwriting) {
    enabled = false;
    session.send(overwriting);
  }

  synchronized void send(SharedEncoding encoding) {
    session.send(encoding.packets(enabled));
  }
}
