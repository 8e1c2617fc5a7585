package io.letschat.web.health;

/** Whether the program has been told to stop and is only finishing what it has. */
public final class Stopping {
  private volatile boolean begun;

  /** From now on {@code /readyz} is 503 with the code {@code stopping}. */
  public void begin() {
    begun = true;
  }

  boolean hasBegun() {
    return begun;
  }
}
