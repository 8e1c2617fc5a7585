package io.letschat.persistence.postgres.message;

import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * Hears how the commits of messages go, for metrics. Called by the one thread that commits: quick,
 * and does not throw.
 */
public interface CommitObserver {
  /** Hears and does nothing. */
  CommitObserver NONE =
      new CommitObserver() {
        @Override
        public void committed(int messages, Duration waited, Duration took) {}

        @Override
        public void refused() {}

        @Override
        public void lost(int messages) {}
      };

  /**
   * Called once, before anything else.
   *
   * @param waiting tells, at any time and to any thread, how many messages wait
   */
  default void begins(IntSupplier waiting) {}

  /**
   * @param messages how many shared the transaction
   * @param waited how long the first of them waited for it to begin
   * @param took from the begin of the transaction to its end
   */
  void committed(int messages, Duration waited, Duration took);

  /** A message that cannot be written. */
  void refused();

  /** Messages of which nobody knows whether they were written. */
  void lost(int messages);
}
