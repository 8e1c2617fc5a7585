package io.letschat.bootstrap.wiring;

import io.letschat.application.Scheduler;
import io.letschat.application.StoreUnavailable;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** One thread watches the time; each task runs on a virtual thread of its own. */
public final class VirtualScheduler implements Scheduler, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(VirtualScheduler.class);

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("letschat-timer").factory());
  private final ExecutorService tasks =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("letschat-later-", 0).factory());

  public VirtualScheduler() {
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Later after(Duration delay, Runnable task) {
    // Whatever it logs is about the request or the event that put it off.
    @Nullable Map<String, String> ids = MDC.getCopyOfContextMap();
    try {
      if (delay.isZero() || delay.isNegative()) {
        tasks.execute(() -> run(task, ids));
        return () -> {};
      }
      Future<?> due =
          timer.schedule(
              () -> tasks.execute(() -> run(task, ids)), delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> due.cancel(false);
    } catch (RejectedExecutionException closed) {
      // The program ends; what was to come later does not come.
      return () -> {};
    }
  }

  private void run(Runnable task, @Nullable Map<String, String> ids) {
    if (ids != null) {
      MDC.setContextMap(ids);
    }
    try {
      task.run();
    } catch (RuntimeException e) {
      if (tasks.isShutdown()) {
        log.info("a scheduled task ends with the program: {}", e.toString());
      } else if (e instanceof StoreUnavailable) {
        log.warn("a scheduled task failed: {}", e.toString());
      } else {
        log.error("a scheduled task failed", e);
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    tasks.shutdown();
  }
}
