package io.letschat.messaging.socket;

import io.letschat.application.Scheduler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;

/**
 * What happens to thousands of sockets at once, in a line now and then: the first time at once, and
 * after that how often it happened in each {@link #PAUSE}, until it does not.
 */
public final class CoalescedWarning {
  static final Duration PAUSE = Duration.ofSeconds(10);

  private final Logger log;
  private final Scheduler scheduler;
  private final String what;

  /** Below zero while nothing of it has happened for a pause. */
  private final AtomicInteger since = new AtomicInteger(-1);

  private volatile String why = "";

  /**
   * @param what happened, such as {@code "sockets were not authenticated"}
   */
  public CoalescedWarning(Logger log, Scheduler scheduler, String what) {
    this.log = log;
    this.scheduler = scheduler;
    this.what = what;
  }

  public void happened(String reason) {
    why = reason;
    if (since.getAndUpdate(count -> count < 0 ? 0 : count + 1) < 0) {
      log.warn("{}, from now on, which is counted: {}", what, reason);
      scheduler.after(PAUSE, this::report);
    }
  }

  private void report() {
    int count = since.getAndUpdate(some -> some == 0 ? -1 : 0);
    if (count > 0) {
      log.warn("{}: {} in {} s, at last: {}", what, count, PAUSE.toSeconds(), why);
      scheduler.after(PAUSE, this::report);
    }
  }
}
