package io.letschat.socketio;

import io.letschat.engineio.RejectReason;
import java.util.Locale;

/** What the Socket.IO layer rejects, each a counter in the metrics. */
public enum SocketIoRejectReason implements RejectReason {
  CONNECT_TIMEOUT,
  UNAUTHORIZED,
  UNKNOWN_NAMESPACE,
  TOO_MANY_NAMESPACES,
  TOO_MANY_ROOMS,
  MALFORMED_MESSAGE;

  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
