package io.letschat.application;

import java.time.Duration;

/** Does something later. Tasks may block; they run on threads of their own. */
public interface Scheduler {
  /** Runs {@code task} once, {@code delay} from now, unless it is cancelled before. */
  Later after(Duration delay, Runnable task);

  /** Something that is going to happen. */
  interface Later {
    /** Without effect if it has begun already. */
    void cancel();
  }
}
