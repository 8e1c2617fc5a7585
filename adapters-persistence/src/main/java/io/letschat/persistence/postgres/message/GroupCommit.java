package io.letschat.persistence.postgres.message;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many callers share one write. Who submits something waits; one thread takes all that wait, writes
 * them together, and gives each its own answer. While it writes the next ones gather, so the busier
 * it is, the more of them share.
 *
 * <p>A write that is refused because of what was to be written is tried again in halves, and these
 * in halves, until only the bad one fails. After any other failure nobody knows what was written,
 * and that is what everybody is told.
 *
 * @param <T> what is written
 * @param <R> the answer
 */
final class GroupCommit<T, R> implements AutoCloseable {
  /** How things get written. */
  interface Writer<T, R> {
    /**
     * Writes all or nothing.
     *
     * @return an answer for each, in their order
     * @throws RefusedException if surely nothing was written, and that because of one of them
     */
    List<R> write(List<T> things) throws RefusedException;
  }

  /** Something among what was to be written cannot be written. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(Throwable cause) {
      super(cause);
    }
  }

  /**
   * @param most how many share a write at most
   * @param places how many can wait; with more a caller waits for a place
   * @param patience how long a caller waits, all in all
   */
  record Bounds(int most, int places, Duration patience) {}

  private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);
  private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(10);

  private final Writer<T, R> writer;
  private final R unknown;
  private final Bounds bounds;
  private final CommitObserver listener;
  private final BoundedBatchQueue<PendingWrite<T, R>> line;
  private final Thread committer;

  /**
   * @param unknown the answer when nobody knows what was written
   */
  GroupCommit(String name, Writer<T, R> writer, R unknown, Bounds bounds, CommitObserver listener) {
    this.writer = writer;
    this.unknown = unknown;
    this.bounds = bounds;
    this.listener = listener;
    this.line = new BoundedBatchQueue<>(bounds.places());
    listener.begins(line::size);
    // A platform thread: whatever occupies the carriers of virtual threads, this one goes on.
    this.committer = Thread.ofPlatform().name(name).daemon().start(this::commitUntilClosed);
  }

  /**
   * Returns when the thing is written, or it is certain that it will not be, or patience is at an
   * end. An interrupted caller gets the answer "unknown" at once, and stays interrupted.
   *
   * @throws IllegalStateException if this one thing cannot be written
   */
  R submit(T thing) {
    PendingWrite<T, R> pendingWrite = new PendingWrite<>(thing, bounds.patience());
    try {
      if (line.enter(pendingWrite, pendingWrite.patienceLeft())) {
        return pendingWrite.answer().orElse(unknown);
      }
    } catch (InterruptedException e) {
      pendingWrite.giveUp();
      Thread.currentThread().interrupt();
    }
    return unknown;
  }

  /** Lets nobody in any more, and returns when all who are in have their answer. */
  @Override
  public void close() {
    line.close();
    try {
      if (!committer.join(LONGEST_GOODBYE)) {
        log.error("{} did not finish in {}", committer.getName(), LONGEST_GOODBYE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void commitUntilClosed() {
    Optional<List<PendingWrite<T, R>>> batch = line.take(bounds.most());
    while (batch.isPresent()) {
      try {
        commit(batch.get());
      } catch (RuntimeException | Error e) {
        // Whatever it was: the thread must live, there are others to come.
        log.error("The answers of {} could not be given", batch.get().size(), e);
      }
      batch = line.take(bounds.most());
    }
  }

  private void commit(List<PendingWrite<T, R>> all) {
    List<PendingWrite<T, R>> batch = all.stream().filter(PendingWrite::isWanted).toList();
    if (batch.isEmpty()) {
      return;
    }
    Duration waited = batch.getFirst().waited();
    long began = System.nanoTime();
    try {
      List<R> answers = writer.write(batch.stream().map(PendingWrite::thing).toList());
      if (answers.size() != batch.size()) {
        throw new IllegalStateException(answers.size() + " answers for " + batch.size());
      }
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).answer(answers.get(i));
      }
      listener.committed(batch.size(), waited, Duration.ofNanos(System.nanoTime() - began));
    } catch (RefusedException e) {
      if (batch.size() == 1) {
        batch.getFirst().refuse(e);
        listener.refused();
      } else {
        commit(batch.subList(0, batch.size() / 2));
        commit(batch.subList(batch.size() / 2, batch.size()));
      }
    } catch (RuntimeException | Error e) {
      log.warn("The outcome of a commit of {} is unknown", batch.size(), e);
      batch.forEach(pendingWrite -> pendingWrite.answer(unknown));
      listener.lost(batch.size());
    }
  }
}
