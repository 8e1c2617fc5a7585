package io.letschat.application;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets those who ask the same at the same time share an answer. Nobody gets one that began before
 * the question: who comes while it is being read waits, with all others who do, for the next. So an
 * answer is as fresh as one's own would be, and however many ask, one reads.
 */
public final class RequestCoalescer<K, V> {
  /** One reading that goes on, and the one that will follow, if anybody waits for it. */
  private record Readings<V>(CompletableFuture<V> now, @Nullable CompletableFuture<V> next) {}

  private final Function<K, V> source;
  private final ConcurrentHashMap<K, Readings<V>> readings = new ConcurrentHashMap<>();

  /**
   * @param source is asked by one thread at a time for each key
   */
  public RequestCoalescer(Function<K, V> source) {
    this.source = source;
  }

  /** Waits for two readings at most. Throws what the source throws. */
  public V read(K key) {
    var own = new CompletableFuture<V>();
    Readings<V> joined =
        readings.compute(
            key,
            (k, known) -> {
              if (known == null) {
                return new Readings<>(own, null);
              }
              return known.next == null ? new Readings<>(known.now, own) : known;
            });
    if (joined.now == own) {
      return lead(key, own);
    }
    CompletableFuture<V> next = requireNonNull(joined.next);
    if (next != own) {
      return answerOf(next);
    }
    joined.now.handle((answer, failure) -> answer).join();
    readings.put(key, new Readings<>(own, null));
    return lead(key, own);
  }

  private V lead(K key, CompletableFuture<V> own) {
    try {
      V answer = source.apply(key);
      over(key);
      own.complete(answer);
    } catch (RuntimeException | Error failure) {
      over(key);
      own.completeExceptionally(failure);
    }
    return answerOf(own);
  }

  /** Whoever waits goes on; where nobody does the key is forgotten. */
  private void over(K key) {
    readings.computeIfPresent(key, (k, known) -> known.next == null ? null : known);
  }

  private static <V> V answerOf(CompletableFuture<V> reading) {
    try {
      return reading.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }
}
