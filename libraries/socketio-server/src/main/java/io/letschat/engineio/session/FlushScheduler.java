package io.letschat.engineio.session;

import io.netty.channel.EventLoop;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gathers the sessions of one event loop that have something to send, so that a broadcast costs the
 * loop one task, and each connection one flush, however many packets were queued meanwhile.
 */
public final class FlushScheduler {
  /** Sessions per task, so that the loop also gets round to reading. */
  private static final int MOST_AT_ONCE = 512;

  private final EventLoop loop;

  /** Sessions to drain, and in their midst tasks that wait for those before them. */
  private final ConcurrentLinkedQueue<Object> waiting = new ConcurrentLinkedQueue<>();

  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final OutboundBackpressure backlog = new OutboundBackpressure();

  public FlushScheduler(EventLoop loop) {
    this.loop = loop;
  }

  EventLoop loop() {
    return loop;
  }

  OutboundBackpressure backlog() {
    return backlog;
  }

  /** The session's {@link EngineSession#drain} will be called on the loop, soon. */
  void add(EngineSession session) {
    waiting.add(session);
    schedule();
  }

  public boolean isIdle() {
    return waiting.isEmpty();
  }

  /** Runs the task, on the loop, when all sessions that were added before have been drained. */
  public void afterThose(Runnable task) {
    waiting.add(task);
    schedule();
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      try {
        loop.execute(this::run);
      } catch (RejectedExecutionException e) {
        // The loop has ended, and its connections with it; their sessions hear of that.
        waiting.clear();
      }
    }
  }

  private void run() {
    scheduled.set(false);
    Object next;
    for (int i = 0; i < MOST_AT_ONCE && (next = waiting.poll()) != null; i++) {
      if (next instanceof EngineSession session) {
        session.drain(this);
      } else if (next instanceof Runnable task) {
        task.run();
      }
    }
    if (!waiting.isEmpty()) {
      schedule();
    }
  }
}
