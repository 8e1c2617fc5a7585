package io.letschat.application.account.session;

import io.letschat.application.Scheduler;
import io.letschat.application.StoreUnavailable;
import io.letschat.domain.account.SessionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Who connects is looked up here. Whoever comes while others are being looked up waits, and all who
 * wait are looked up by one question: a returning crowd of thousands costs a few of them. The
 * answer is never older than the question.
 *
 * <p>The queue is bounded in length and in time. Once the store has not answered, everybody is told
 * so at once, and the store is asked by nobody but the queue itself, every {@link #PAUSE}, until it
 * answers again.
 */
public final class AuthenticationQueue {
  /** How many wait at most. */
  public static final int CAPACITY = 10_000;

  /** How long anybody waits at most. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Who has waited for so long has others behind that had better not come just now. */
  public static final Duration SLOW = Duration.ofSeconds(2);

  public static final Duration PAUSE = Duration.ofSeconds(1);

  private static final int BATCH = 500;

  /** Who it is, if it is anybody, or why that cannot be found out just now. */
  public sealed interface Result {}

  public record Authenticated(AuthenticatedUser who) implements Result {}

  /** No token is any good, or its session is over. */
  public record Unauthorized() implements Result {}

  /** Another time it may be found out. */
  public record Unavailable(Reason reason) implements Result {}

  public enum Reason {
    /** The sessions cannot be read. */
    STORE_AWAY,
    /** Too many wait, or for too long. */
    OVERLOADED
  }

  private record Waiting(List<SessionId> ids, long since, CompletableFuture<Result> answer) {}

  private final SessionTokens tokens;
  private final Sessions sessions;
  private final InstantSource clock;
  private final Scheduler scheduler;
  private final int capacity;

  // Guarded by the queue.
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private boolean running;
  private boolean storeAway;

  /** Since when the one waits who has waited longest; empty when nobody does. */
  private Optional<Long> oldest = Optional.empty();

  public AuthenticationQueue(
      SessionTokens tokens, Sessions sessions, InstantSource clock, Scheduler scheduler) {
    this(tokens, sessions, clock, scheduler, CAPACITY);
  }

  AuthenticationQueue(
      SessionTokens tokens,
      Sessions sessions,
      InstantSource clock,
      Scheduler scheduler,
      int capacity) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.clock = clock;
    this.scheduler = scheduler;
    this.capacity = capacity;
  }

  /**
   * Waits for {@link #PATIENCE} at most.
   *
   * @param offered the tokens that somebody has; the first one with a live session counts
   */
  public Result authenticate(List<String> offered) {
    List<SessionId> ids =
        offered.stream()
            .map(tokens::read)
            .flatMap(Optional::stream)
            .distinct()
            .limit(Authenticate.MOST_LOOKUPS)
            .toList();
    if (ids.isEmpty()) {
      return new Unauthorized();
    }
    var own = new Waiting(ids, System.nanoTime(), new CompletableFuture<>());
    synchronized (waiting) {
      if (storeAway || waiting.size() >= capacity) {
        return new Unavailable(storeAway ? Reason.STORE_AWAY : Reason.OVERLOADED);
      }
      waiting.add(own);
      if (!running) {
        running = true;
        Thread.ofVirtual().name("authentication").start(this::run);
      }
    }
    var late = new Unavailable(Reason.OVERLOADED);
    own.answer.completeOnTimeout(late, PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    try {
      return own.answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  /** Why it is better not to let anybody come just now, who would only wait. Never blocks. */
  public Optional<Reason> unavailable() {
    synchronized (waiting) {
      if (storeAway) {
        return Optional.of(Reason.STORE_AWAY);
      }
      boolean slow = oldest.isPresent() && System.nanoTime() - oldest.get() > SLOW.toNanos();
      return slow || waiting.size() >= capacity ? Optional.of(Reason.OVERLOADED) : Optional.empty();
    }
  }

  /** How many wait. */
  public int size() {
    synchronized (waiting) {
      return waiting.size();
    }
  }

  private void run() {
    for (List<Waiting> batch = next(); !batch.isEmpty(); batch = next()) {
      answer(batch);
    }
  }

  private List<Waiting> next() {
    List<Waiting> batch = new ArrayList<>();
    synchronized (waiting) {
      while (batch.size() < BATCH && !waiting.isEmpty()) {
        Waiting first = waiting.remove();
        if (!first.answer.isDone()) {
          batch.add(first);
        }
      }
      running = !batch.isEmpty();
      oldest = batch.stream().findFirst().map(Waiting::since);
    }
    return batch;
  }

  private void answer(List<Waiting> batch) {
    try {
      Map<SessionId, AuthenticatedUser> live =
          sessions.liveAmong(
              batch.stream().flatMap(each -> each.ids.stream()).collect(Collectors.toSet()),
              clock.instant());
      batch.forEach(each -> each.answer.complete(result(each, live)));
    } catch (StoreUnavailable away) {
      storeAway(batch);
    } catch (RuntimeException | Error failure) {
      batch.forEach(each -> each.answer.completeExceptionally(failure));
    }
  }

  private static Result result(Waiting one, Map<SessionId, AuthenticatedUser> live) {
    return one.ids.stream()
        .flatMap(id -> Optional.ofNullable(live.get(id)).stream())
        .findFirst()
        .<Result>map(Authenticated::new)
        .orElseGet(Unauthorized::new);
  }

  private void storeAway(List<Waiting> batch) {
    List<Waiting> all = new ArrayList<>(batch);
    synchronized (waiting) {
      storeAway = true;
      all.addAll(waiting);
      waiting.clear();
    }
    all.forEach(each -> each.answer.complete(new Unavailable(Reason.STORE_AWAY)));
    SessionId anybody = batch.getFirst().ids.getFirst();
    scheduler.after(PAUSE, () -> probe(anybody));
  }

  /** Asks as those who connect do. */
  private void probe(SessionId anybody) {
    try {
      sessions.liveAmong(Set.of(anybody), clock.instant());
    } catch (StoreUnavailable still) {
      scheduler.after(PAUSE, () -> probe(anybody));
      return;
    } catch (RuntimeException other) {
      // Whoever connects will meet it, too, and says so.
    }
    synchronized (waiting) {
      storeAway = false;
    }
  }
}
