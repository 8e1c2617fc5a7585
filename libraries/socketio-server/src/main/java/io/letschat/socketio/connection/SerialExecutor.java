package io.letschat.socketio.connection;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Runs the work of one connection in order, on a virtual thread while there is any. Above the bound
 * the connection is told to stop reading, at half of it to go on.
 */
final class SerialExecutor {
  private static final Logger log = LoggerFactory.getLogger(SerialExecutor.class);

  /** Stops and resumes what feeds the tasks. */
  interface Source {
    void pauseReading();

    void resumeReading();
  }

  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(2);
  private final int most;
  private final Source source;
  private boolean running;
  private boolean paused;

  SerialExecutor(int most, Source source) {
    this.most = most;
    this.source = source;
  }

  synchronized void submit(Runnable task) {
    tasks.add(task);
    if (!paused && tasks.size() >= most) {
      paused = true;
      source.pauseReading();
    }
    if (!running) {
      running = true;
      Thread.ofVirtual().name("socket").start(this::run);
    }
  }

  /** How many have not been done, with the one that is being done. */
  synchronized int size() {
    return tasks.size();
  }

  private void run() {
    Runnable task;
    while ((task = next()) != null) {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        log.error("A task of a connection failed", e);
      } finally {
        // What was said of this task for the log is not true of the next.
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
      source.resumeReading();
    }
  }
}
