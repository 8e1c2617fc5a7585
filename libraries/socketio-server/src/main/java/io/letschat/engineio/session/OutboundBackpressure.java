package io.letschat.engineio.session;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bytes that an event loop has been given and did not look at yet. Slow clients do not count: what
 * their connection does not take stays with their session. A sender that is faster than the loop
 * waits here, so that a burst can neither fill the memory nor make clients look slow that are not.
 */
final class OutboundBackpressure {
  static final long MAX_BYTES = 8L * 1024 * 1024;
  private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final AtomicLong bytes = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition capacity = lock.newCondition();

  void add(long queued) {
    bytes.addAndGet(queued);
  }

  void remove(long handled) {
    long after = bytes.addAndGet(-handled);
    if (after <= MAX_BYTES / 2 && after + handled > MAX_BYTES / 2) {
      lock.lock();
      try {
        capacity.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Waits, a few seconds at most, until the loop has caught up. Not to be called on an event loop.
   */
  void awaitCapacity() {
    if (bytes.get() <= MAX_BYTES) {
      return;
    }
    lock.lock();
    try {
      long left = MAX_WAIT_NANOS;
      while (bytes.get() > MAX_BYTES / 2 && left > 0) {
        left = capacity.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
