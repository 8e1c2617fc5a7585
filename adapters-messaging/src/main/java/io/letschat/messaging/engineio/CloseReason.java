package io.letschat.messaging.engineio;

/** Why a session ended, in the words of Node's server. */
public enum CloseReason {
  /** The client closed, or the connection below went away. */
  TRANSPORT_CLOSE("transport close"),
  /**
   * The client broke the rules of its transport: two polls at once, a malformed frame, an oversized
   * payload.
   */
  TRANSPORT_ERROR("transport error"),
  /** No heartbeat in time. */
  PING_TIMEOUT("ping timeout"),
  /** A packet that Engine.IO cannot read. */
  PARSE_ERROR("parse error"),
  /** We closed it. */
  FORCED_CLOSE("forced close"),
  /** More bytes were waiting for the client than the settings allow. */
  SLOW_CLIENT("slow client"),
  /** The server stops; clients reconnect by themselves. */
  SERVER_STOP("server shutting down");

  private final String text;

  CloseReason(String text) {
    this.text = text;
  }

  /** The reason as Node words it. */
  public String text() {
    return text;
  }
}
