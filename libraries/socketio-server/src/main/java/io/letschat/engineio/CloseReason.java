package io.letschat.engineio;

import java.util.Optional;

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
  /** The service is unavailable for now; clients reconnect by themselves. */
  UNAVAILABLE("unavailable");

  private final String text;

  CloseReason(String text) {
    this.text = text;
  }

  /**
   * Whether the client is to reconnect at once. Then a WebSocket just ends: the client for Java
   * does not notice close frames, and would reconnect only after its ping timeout.
   */
  public boolean expectsReconnect() {
    return this == SERVER_STOP || this == UNAVAILABLE;
  }

  /**
   * What a waiting poll is answered where the client did nothing wrong and nobody wanted it to go;
   * empty where it is sent a close packet, after which python-socketio stays away.
   */
  public Optional<EngineRejectReason> rejection() {
    return switch (this) {
      case SERVER_STOP -> Optional.of(EngineRejectReason.STOPPING);
      case UNAVAILABLE -> Optional.of(EngineRejectReason.UNAVAILABLE);
      // As if it came a moment later.
      case PING_TIMEOUT, SLOW_CLIENT -> Optional.of(EngineRejectReason.UNKNOWN_SESSION);
      case TRANSPORT_CLOSE, TRANSPORT_ERROR, PARSE_ERROR, FORCED_CLOSE -> Optional.empty();
    };
  }

  /** The reason as Node words it. */
  public String text() {
    return text;
  }
}
