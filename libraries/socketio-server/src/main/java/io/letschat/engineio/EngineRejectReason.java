package io.letschat.engineio;

import java.util.Locale;

/** What the transport refuses, each a counter in the metrics. */
public enum RejectReason {
  UNKNOWN_TRANSPORT,
  UNKNOWN_SESSION,
  BAD_HANDSHAKE_METHOD,
  BAD_REQUEST,
  FOREIGN_ORIGIN,
  UNSUPPORTED_VERSION,
  QUERY_TOO_LONG,
  TOO_MANY_SESSIONS,
  STOPPING,
  /** Whether somebody may come in cannot be found out just now. */
  UNAVAILABLE,
  /** More want to come in than can be looked up in time. */
  OVERLOADED,
  PAYLOAD_TOO_LARGE,
  TOO_MANY_PACKETS,
  MALFORMED_PACKET,
  MALFORMED_FRAME,
  POLL_OVERLAP,
  BODY_TIMEOUT,
  UPGRADE_FAILED,
  PING_TIMEOUT,
  SLOW_CLIENT,
  CONNECT_TIMEOUT,
  UNAUTHORIZED,
  UNKNOWN_NAMESPACE,
  TOO_MANY_NAMESPACES,
  TOO_MANY_ROOMS,
  MALFORMED_MESSAGE;

  /** The counter's label, such as {@code ping_timeout}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
