package io.letschat.messaging.engineio;

/** User events of a connection's pipeline. */
public enum EngineUpgrade {
  /**
   * The connection turns into a WebSocket now. Handlers that only make sense for HTTP remove
   * themselves; the HTTP codec and the engine's own are taken out by the engine.
   */
  TO_WEBSOCKET
}
