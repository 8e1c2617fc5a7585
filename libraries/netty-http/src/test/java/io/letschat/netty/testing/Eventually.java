package io.letschat.netty.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what will be true soon. */
public final class Eventually {
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(120);

  private Eventually() {}

  public static void eventually(String what, BooleanSupplier condition) {
    eventually(() -> what, condition);
  }

  /** With a description that is asked for only when it did not become true. */
  public static void eventually(Supplier<String> what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TIMEOUT_NANOS;
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    assertThat(condition.getAsBoolean()).as(what).isTrue();
  }
}
