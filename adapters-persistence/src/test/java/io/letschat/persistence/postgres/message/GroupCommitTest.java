package io.letschat.persistence.postgres.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.persistence.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupCommitTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  /** One permit lets one write through. */
  private final Semaphore gate = new Semaphore(0);

  private final List<List<String>> writes = new CopyOnWriteArrayList<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private IntSupplier line = () -> -1;
  private final List<Thread> callers = new CopyOnWriteArrayList<>();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(task -> {
        Thread caller = Thread.ofVirtual().unstarted(task);
        callers.add(caller);
        return caller;
      });

  @AfterEach
  void stop() {
    gate.release(1_000);
    threads.shutdownNow();
  }

  @Test
  void those_who_come_during_a_write_share_the_next_one_in_the_order_in_which_they_came()
      throws Exception {
    try (var commits = commits(100, 100, LONG)) {
      List<Future<String>> answers = new ArrayList<>();
      answers.add(submitAndWait(commits, "first"));
      for (int i = 0; i < 20; i++) {
        answers.add(submitAndWait(commits, "m" + i));
      }
      assertThat(line.getAsInt()).isEqualTo(20);
      gate.release(2);
      assertThat(answers.getFirst().get()).isEqualTo("wrote first");
      for (int i = 0; i < 20; i++) {
        assertThat(answers.get(i + 1).get()).isEqualTo("wrote m" + i);
      }
      assertThat(writes)
          .containsExactly(
              List.of("first"), IntStream.range(0, 20).mapToObj(i -> "m" + i).toList());
      Await.until("both were heard of", () -> heard.size() == 2);
      assertThat(heard).containsExactly("committed 1", "committed 20");
    }
  }

  @Test
  void no_more_share_a_write_than_may() throws Exception {
    try (var commits = commits(3, 100, LONG)) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(submitAndWait(commits, "m" + i));
      }
      gate.release(100);
      for (Future<String> answer : answers) {
        assertThat(answer.get()).startsWith("wrote");
      }
      assertThat(writes.stream().map(List::size)).containsExactly(1, 3, 3, 1);
    }
  }

  @Test
  void one_that_is_refused_fails_alone() throws Exception {
    try (var commits = commits(100, 100, LONG)) {
      submitAndWait(commits, "first");
      Future<String> before = submitAndWait(commits, "before");
      Future<String> bad = submitAndWait(commits, "bad");
      Future<String> after = submitAndWait(commits, "after");
      gate.release(100);

      assertThat(before.get()).isEqualTo("wrote before");
      assertThat(after.get()).isEqualTo("wrote after");
      assertThatThrownBy(bad::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(IllegalStateException.class)
          .hasRootCauseMessage("bad is refused");
    }
    assertThat(heard)
        .containsExactlyInAnyOrder("committed 1", "committed 1", "refused", "committed 1");
  }

  @Test
  void when_a_write_breaks_off_all_who_shared_it_know_that_nobody_knows_and_it_goes_on()
      throws Exception {
    try (var commits = commits(100, 100, LONG)) {
      submitAndWait(commits, "first");
      Future<String> one = submitAndWait(commits, "one");
      Future<String> breaks = submitAndWait(commits, "breaks");
      gate.release(100);

      assertThat(one.get()).isEqualTo("unknown");
      assertThat(breaks.get()).isEqualTo("unknown");
      assertThat(commits.submit("next")).isEqualTo("wrote next");
    }
    assertThat(heard).contains("lost 2");
  }

  @Test
  void nobody_waits_longer_than_patience_lasts_in_the_line_or_for_a_place_in_it() throws Exception {
    try (var commits = commits(1, 1, Duration.ofMillis(300))) {
      Future<String> beingWritten = submitAndWait(commits, "being written");
      Future<String> inLine = submitAndWait(commits, "in line");
      Future<String> outside = submitAndWait(commits, "outside");

      assertThat(beingWritten.get()).isEqualTo("unknown");
      assertThat(inLine.get()).isEqualTo("unknown");
      assertThat(outside.get()).isEqualTo("unknown");
      gate.release(100);
      assertThat(commits.submit("later")).isEqualTo("wrote later");
    }
    assertThat(writes).containsExactly(List.of("being written"), List.of("later"));
  }

  @Test
  void an_interrupted_caller_is_told_at_once_and_stays_interrupted() throws Exception {
    try (var commits = commits(1, 100, LONG)) {
      submitAndWait(commits, "being written");
      AtomicReference<Boolean> stillInterrupted = new AtomicReference<>();
      AtomicReference<String> answer = new AtomicReference<>();
      Thread caller =
          Thread.ofVirtual()
              .start(() -> {
                answer.set(commits.submit("interrupted"));
                stillInterrupted.set(Thread.currentThread().isInterrupted());
              });
      awaitWaiting(caller);
      caller.interrupt();
      caller.join();
      assertThat(answer.get()).isEqualTo("unknown");
      assertThat(stillInterrupted.get()).isTrue();
      gate.release(100);
      assertThat(commits.submit("next")).isEqualTo("wrote next");
    }
    assertThat(writes).doesNotContain(List.of("interrupted"));
  }

  @Test
  void closing_finishes_what_waits_and_lets_nobody_in_any_more() throws Exception {
    var commits = commits(2, 100, LONG);
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      answers.add(submitAndWait(commits, "m" + i));
    }
    Thread closing = Thread.ofVirtual().start(commits::close);
    awaitWaiting(closing);
    assertThat(commits.submit("too late")).isEqualTo("unknown");
    gate.release(100);
    closing.join();

    assertThat(writes.stream().flatMap(List::stream)).hasSize(7);
    for (int i = 0; i < 7; i++) {
      assertThat(answers.get(i).get()).isEqualTo("wrote m" + i);
    }
  }

  private GroupCommit<String, String> commits(int most, int places, Duration patience) {
    return new GroupCommit<>(
        "test", this::write, "unknown", new GroupCommit.Bounds(most, places, patience), listener());
  }

  private List<String> write(List<String> things) throws GroupCommit.RefusedException {
    gate.acquireUninterruptibly();
    if (things.contains("bad")) {
      throw new GroupCommit.RefusedException(new IllegalArgumentException("bad is refused"));
    }
    if (things.contains("breaks")) {
      throw new IllegalStateException("the disk is gone");
    }
    writes.add(things);
    return things.stream().map(thing -> "wrote " + thing).toList();
  }

  private CommitObserver listener() {
    return new CommitObserver() {
      @Override
      public void begins(IntSupplier waiting) {
        line = waiting;
      }

      @Override
      public void committed(int messages, Duration waited, Duration took) {
        heard.add("committed " + messages);
      }

      @Override
      public void refused() {
        heard.add("refused");
      }

      @Override
      public void lost(int messages) {
        heard.add("lost " + messages);
      }
    };
  }

  /** Returns when the caller waits. The first one is being written by then. */
  private Future<String> submitAndWait(GroupCommit<String, String> commits, String thing)
      throws Exception {
    Future<String> answer = threads.submit(() -> commits.submit(thing));
    awaitWaiting(callers.getLast());
    if (callers.size() == 1) {
      Await.until("the first is being written", gate::hasQueuedThreads);
    }
    return answer;
  }

  private static void awaitWaiting(Thread thread) throws Exception {
    Await.until(
        "the thread waits",
        () ->
            switch (thread.getState()) {
              case WAITING, TIMED_WAITING, TERMINATED -> true;
              default -> false;
            });
  }
}
