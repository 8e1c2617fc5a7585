package io.letschat.persistence.postgres.message;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * First come, first served, with room for so many and no more. It can be closed: then nobody enters
 * any more, and who is in is still served.
 *
 * <p>The queue of those who connect looks alike, but it turns away at once who finds it full, and
 * everybody when its store fails. Here a caller waits for a place: a busy moment loses no message.
 */
final class BoundedBatchQueue<E> {
  private final int places;
  private final ArrayDeque<E> line = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition placeFree = lock.newCondition();
  private boolean closed;

  BoundedBatchQueue(int places) {
    this.places = places;
  }

  /** Waits for a place; false if there was none in time, or the line is closed. */
  boolean enter(E who, Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (!closed && line.size() >= places && left > 0) {
        left = placeFree.awaitNanos(left);
      }
      if (closed || line.size() >= places) {
        return false;
      }
      line.add(who);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until somebody is there and takes them from the front of the line, {@code most} at most;
   * empty when the line is closed and everybody was served.
   */
  Optional<List<E>> take(int most) {
    lock.lock();
    try {
      while (line.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      if (line.isEmpty()) {
        return Optional.empty();
      }
      List<E> taken = new ArrayList<>(Math.min(most, line.size()));
      while (taken.size() < most && !line.isEmpty()) {
        taken.add(line.remove());
      }
      placeFree.signalAll();
      return Optional.of(taken);
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return line.size();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      placeFree.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
