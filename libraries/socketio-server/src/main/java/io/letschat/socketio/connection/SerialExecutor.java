package io.letschat.socketio.connection;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Runs the tasks of one connection in order, on a virtual thread while there are any. Backpressure:
 * above the bound the connection is no longer read, from half of it on it is again.
 */
final class SerialExecutor {
  private static final Logger log = LoggerFactory.getLogger(SerialExecutor.class);

  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(2);
  private final int most;
  private final Runnable pause;
  private final Runnable resume;
  private boolean running;
  private boolean paused;

  /**
   * @param most tasks above which what streams them is paused
   */
  SerialExecutor(int most, Runnable pause, Runnable resume) {
    this.most = most;
    this.pause = pause;
    this.resume = resume;
  }

  synchronized void submit(Runnable task) {
    tasks.add(task);
    if (!paused && tasks.size() >= most) {
      paused = true;
      pause.run();
    }
    if (!running) {
      running = true;
      Thread.ofVirtual().name("socket").start(this::run);
    }
  }

  /** How many are queued or running. */
  synchronized int size() {
    return tasks.size();
  }

  private void run() {
    Runnable task;
    while ((task = next()) != null) {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        log.error("a listener or task of a connection failed", e);
      } finally {
        // The log context of this task is not that of the next.
        MDC.clear();
      }
      done();
    }
  }

  /** The task stays in the queue, and is counted, until it is done. */
  private synchronized @Nullable Runnable next() {
    Runnable task = tasks.peek();
    running = task != null;
    return task;
  }

  private synchronized void done() {
    tasks.remove();
    if (paused && tasks.size() <= most / 2) {
      paused = false;
      resume.run();
    }
  }
}
