package io.letschat.socketio;

import io.letschat.engineio.RejectReason;

/**
 * CONNECT can be neither accepted nor rejected for now. Thrown by an auth listener, or while a
 * client is recovered: the client's connection is closed, upon which it reconnects by itself. A
 * CONNECT_ERROR would be final for clients from 4.5 on.
 */
public final class TemporarilyUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RejectReason reason;

  public TemporarilyUnavailable(RejectReason reason) {
    super(reason.label(), null, false, false);
    this.reason = reason;
  }

  /** What it is counted as. */
  public RejectReason reason() {
    return reason;
  }
}
