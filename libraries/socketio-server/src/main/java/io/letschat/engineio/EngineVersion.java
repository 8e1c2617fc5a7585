package io.letschat.engineio;

/** Revision of the Engine.IO protocol, the {@code EIO} query parameter. */
public enum EngineVersion {
  /** Spoken by socket.io-client 1.x and 2.x: the client pings, payloads carry lengths. */
  V3,
  /**
   * Spoken by socket.io-client 3.x and later: the server pings, payloads are separated by U+001E.
   */
  V4
}
