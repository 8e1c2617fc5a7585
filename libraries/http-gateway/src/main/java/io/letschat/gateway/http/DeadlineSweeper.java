package io.letschat.gateway.http;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Looks at everything with a deadline on an event loop every so often. One timer a loop instead of
 * several a connection: deadlines move with nearly every read and write.
 */
public final class DeadlineSweeper {
  /** Something with deadlines; looked at on its own event loop. */
  public interface Checked {
    void check(long now);
  }

  private final Map<EventLoop, Set<Checked>> perLoop = new ConcurrentHashMap<>();
  private final Duration every;
  private volatile boolean stopped;

  public DeadlineSweeper(Duration every) {
    this.every = every;
  }

  /** To be called on the loop, as {@link #remove}. */
  public void add(EventLoop loop, Checked checked) {
    perLoop.computeIfAbsent(loop, this::started).add(checked);
  }

  public void remove(EventLoop loop, Checked checked) {
    perLoop.getOrDefault(loop, Set.of()).remove(checked);
  }

  private Set<Checked> started(EventLoop loop) {
    schedule(loop);
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private void schedule(EventLoop loop) {
    if (!stopped && !loop.isShuttingDown()) {
      loop.schedule(() -> run(loop), every.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void run(EventLoop loop) {
    long now = System.nanoTime();
    try {
      List.copyOf(perLoop.getOrDefault(loop, Set.of())).forEach(checked -> checked.check(now));
    } finally {
      schedule(loop);
    }
  }

  public void stop() {
    stopped = true;
  }
}
