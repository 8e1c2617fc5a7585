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
  private static final int MAX_SESSIONS_PER_TASK = 512;

  private final EventLoop loop;

  /** Sessions to drain, and among them tasks that wait for those before them. */
  private final ConcurrentLinkedQueue<Object> waiting = new ConcurrentLinkedQueue<>();

  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final OutboundBackpressure backpressure = new OutboundBackpressure();

  public FlushScheduler(EventLoop loop) {
    this.loop = loop;
  }

  EventLoop loop() {
    return loop;
  }

  OutboundBackpressure backpressure() {
    return backpressure;
  }

  /** The session's {@link PacketSender#drain} will be called on the loop, soon. */
  void add(PacketSender sender) {
    waiting.add(sender);
    schedule();
  }

  public boolean isIdle() {
    return waiting.isEmpty();
  }

  /** Runs the task, on the loop, when all sessions that were added before have been drained. */
  public void afterFlush(Runnable task) {
    waiting.add(task);
    schedule();
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      try {
        loop.execute(this::run);
      } catch (RejectedExecutionException e) {
        // The loop has ended, and its connections with it; their sessions are closed with them.
        waiting.clear();
      }
    }
  }

  private void run() {
    scheduled.set(false);
    Object next;
    for (int i = 0; i < MAX_SESSIONS_PER_TASK && (next = waiting.poll()) != null; i++) {
      if (next instanceof PacketSender sender) {
        sender.drain(this);
      } else if (next instanceof Runnable task) {
        task.run();
      }
    }
    if (!waiting.isEmpty()) {
      schedule();
    }
  }
}
