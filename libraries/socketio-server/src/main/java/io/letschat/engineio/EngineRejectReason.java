package io.letschat.engineio;

import java.util.Locale;

/** What the transport rejects, each a counter in the metrics. */
public enum EngineRejectReason implements RejectReason {
  UNKNOWN_TRANSPORT,
  UNKNOWN_SESSION,
  BAD_HANDSHAKE_METHOD,
  BAD_REQUEST,
  FOREIGN_ORIGIN,
  UNSUPPORTED_VERSION,
  QUERY_TOO_LONG,
  TOO_MANY_SESSIONS,
  STOPPING,
  /** Clients cannot be authenticated at the moment. */
  UNAVAILABLE,
  /** More clients connect than can be authenticated in time. */
  OVERLOADED,
  PAYLOAD_TOO_LARGE,
  TOO_MANY_PACKETS,
  MALFORMED_PACKET,
  MALFORMED_FRAME,
  POLL_OVERLAP,
  BODY_TIMEOUT,
  UPGRADE_FAILED,
  PING_TIMEOUT,
  SLOW_CLIENT;

  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
