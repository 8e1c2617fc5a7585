package io.letschat.messaging.engineio;

import io.netty.channel.EventLoop;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gathers the sessions of one event loop that have something to send, so that a broadcast costs the
 * loop one task, and each connection one flush, however many packets were queued meanwhile.
 */
final class LoopFlusher {
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
    if (scheduled.compareAndSet(false, true)) {
      loop.execute(this::run);
    }
  }

  private void run() {
    scheduled.set(false);
    EngineSession session;
    while ((session = waiting.poll()) != null) {
      session.drain(this);
    }
  }
}
