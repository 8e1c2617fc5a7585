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
  SERVER_STOP("server shutting down"),
  /** It does not work just now; clients reconnect by themselves. */
  UNAVAILABLE("unavailable");

  private final String text;

  CloseReason(String text) {
    this.text = text;
  }

  /**
   * Whether the client shall come back at once. Then it is told nothing that it could take for a
   * farewell: python-socketio stays away after a close packet, and the client for Java does not
   * hear of close frames, and would come back only after its ping timeout.
   */
  boolean wantsBack() {
    return this == SERVER_STOP || this == UNAVAILABLE;
  }

  /** What a poll of the session is answered instead of a close packet. */
  Refusal asRefusal() {
    return this == SERVER_STOP ? Refusal.STOPPING : Refusal.UNAVAILABLE;
  }

  /** The reason as Node words it. */
  public String text() {
    return text;
  }
}
