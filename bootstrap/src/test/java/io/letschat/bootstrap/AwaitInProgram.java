package io.letschat.bootstrap;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what will be true soon. */
public final class AwaitInProgram {
  private AwaitInProgram() {}

  public static void until(Duration atMost, BooleanSupplier condition, Supplier<String> otherwise) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("still not after " + atMost + ": " + otherwise.get());
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  public static void until(BooleanSupplier condition, Supplier<String> otherwise) {
    until(Duration.ofSeconds(20), condition, otherwise);
  }
}
