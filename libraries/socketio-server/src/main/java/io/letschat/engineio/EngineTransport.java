package io.letschat.engineio;

/** How a session exchanges packets at present. */
public enum EngineTransport {
  POLLING("polling"),
  WEBSOCKET("websocket");

  private final String wireName;

  EngineTransport(String wireName) {
    this.wireName = wireName;
  }

  /** The value of the {@code transport} query parameter. */
  public String wireName() {
    return wireName;
  }
}
