package io.letschat.messaging.engineio;

import io.netty.channel.EventLoop;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gathers the sessions of one event loop that have something to send, so that a broadcast costs the
 * loop one task, and each connection one flush, however many packets were queued meanwhile.
 */
final class LoopFlusher {
  /** Sessions per task, so that the loop also gets round to reading. */
  private static final int MOST_AT_ONCE = 512;

  private final EventLoop loop;
  private final ConcurrentLinkedQueue<EngineSession> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final FlushBacklog backlog = new FlushBacklog();

  LoopFlusher(EventLoop loop) {
    this.loop = loop;
  }

  EventLoop loop() {
    return loop;
  }

  FlushBacklog backlog() {
    return backlog;
  }

  /** The session's {@link EngineSession#drain} will be called on the loop, soon. */
  void add(EngineSession session) {
    waiting.add(session);
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
    EngineSession session;
    for (int i = 0; i < MOST_AT_ONCE && (session = waiting.poll()) != null; i++) {
      session.drain(this);
    }
    if (!waiting.isEmpty()) {
      schedule();
    }
  }
}
