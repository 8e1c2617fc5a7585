package io.letschat.netty.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.HashedWheelTimer;
import io.netty.util.ResourceLeakDetector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class during which a buffer was collected that nobody had released. The module's
 * tests run with Netty's paranoid leak detection, and with this detector, by system properties.
 */
public final class NoLeaks implements AfterAllCallback {
  private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

  /** Netty's detector, which would only log. */
  public static final class Detector<T> extends ResourceLeakDetector<T> {
    public Detector(Class<?> type, int samplingInterval) {
      super(type, samplingInterval);
    }

    /** Netty looks for this one first. */
    public Detector(Class<?> type, int samplingInterval, long maxActive) {
      this(type, samplingInterval);
    }

    @Override
    protected boolean needReport() {
      return true;
    }

    @Override
    protected void reportTracedLeak(String type, String records) {
      LEAKS.add(type + records);
    }

    @Override
    protected void reportUntracedLeak(String type) {
      LEAKS.add(type);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
    assertThat(leaksSoFar()).isEmpty();
  }

  /** Leaks are noticed when the next of their kind is tracked after a collection. */
  public static Queue<String> leaksSoFar() throws InterruptedException {
    for (int round = 0; round < 3; round++) {
      System.gc();
      for (int i = 0; i < 200; i++) {
        ByteBufAllocator.DEFAULT.buffer(16).release();
      }
      new HashedWheelTimer().stop();
    }
    return LEAKS;
  }
}
