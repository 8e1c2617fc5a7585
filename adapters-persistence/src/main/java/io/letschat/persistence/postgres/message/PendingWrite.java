package io.letschat.persistence.postgres.message;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One caller of a {@link GroupCommit} with its thing and, later, its answer. */
final class PendingWrite<T, R> {
  private final T thing;
  private final long since = System.nanoTime();
  private final Duration patience;
  private final CompletableFuture<R> answer = new CompletableFuture<>();

  PendingWrite(T thing, Duration patience) {
    this.thing = thing;
    this.patience = patience;
  }

  T thing() {
    return thing;
  }

  Duration waited() {
    return Duration.ofNanos(System.nanoTime() - since);
  }

  Duration patienceLeft() {
    return patience.minus(waited());
  }

  /** False once the caller has given up or has its answer. */
  boolean isWanted() {
    return !answer.isDone();
  }

  void answer(R given) {
    answer.complete(given);
  }

  void refuse(Throwable reason) {
    answer.completeExceptionally(reason);
  }

  void giveUp() {
    answer.cancel(false);
  }

  /** Waits for the answer; empty when patience is at an end before. */
  Optional<R> answer() throws InterruptedException {
    try {
      return Optional.of(answer.get(Math.max(0, patienceLeft().toNanos()), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      giveUp();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("this cannot be written", e.getCause());
    }
  }
}
