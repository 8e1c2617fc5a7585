package io.letschat.testkit;

import io.letschat.application.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** Runs what was put off when the test lets time pass, in the thread of the test. */
public final class ManualScheduler implements Scheduler {
  private record Task(Instant due, long order, Runnable work) {}

  private final SettableClock clock;
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparing(Task::due).thenComparing(Task::order));
  private long scheduled;

  public ManualScheduler(SettableClock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Later after(Duration delay, Runnable work) {
    var task = new Task(clock.instant().plus(delay), scheduled++, work);
    tasks.add(task);
    return () -> {
      synchronized (this) {
        tasks.remove(task);
      }
    };
  }

  /**
   * Moves the clock forward and runs everything that falls due, each at its own instant, in order.
   */
  public void pass(Duration duration) {
    Instant end = clock.instant().plus(duration);
    for (Optional<Task> task = due(end); task.isPresent(); task = due(end)) {
      if (task.get().due.isAfter(clock.instant())) {
        clock.set(task.get().due);
      }
      task.get().work.run();
    }
    clock.set(end);
  }

  private synchronized Optional<Task> due(Instant end) {
    Task first = tasks.peek();
    return first == null || first.due.isAfter(end) ? Optional.empty() : Optional.of(tasks.remove());
  }
}
