package io.letschat.engineio.session;

import io.letschat.engineio.CloseReason;

/**
 * Hears what a session receives, in the order of arrival, on an event loop: must not block. Never
 * called again after {@link #onClose}.
 */
public interface EngineSessionListener {
  void onText(String data);

  void onBinary(byte[] data);

  /** Called once. */
  void onClose(CloseReason reason);

  /** Opens the listener of a new session; the handshake is already on its way to the client. */
  @FunctionalInterface
  interface Factory {
    EngineSessionListener opened(EngineSession session);
  }
}
