package io.letschat.application;

import java.time.Duration;

/** Does something later, or regularly. Tasks may block; they run on threads of their own. */
public interface Scheduler {
  /** Runs {@code task} once, {@code delay} from now, unless it is cancelled before. */
  Later after(Duration delay, Runnable task);

  /** Runs {@code task} again and again, {@code pause} after its last end, however it ended. */
  default void every(Duration pause, Runnable task) {
    after(
        pause,
        () -> {
          try {
            task.run();
          } finally {
            every(pause, task);
          }
        });
  }

  /** Something that is going to happen. */
  interface Later {
    /** Without effect if it has begun already. */
    void cancel();
  }
}
