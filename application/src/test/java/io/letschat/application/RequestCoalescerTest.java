package io.letschat.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RequestCoalescerTest {
  private final AtomicInteger truth = new AtomicInteger();
  private final AtomicInteger readings = new AtomicInteger();
  private final Semaphore mayEnd = new Semaphore(0);
  private final Semaphore begun = new Semaphore(0);
  private final RequestCoalescer<String, Integer> together = new RequestCoalescer<>(this::slowly);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    mayEnd.release(1000);
    threads.close();
  }

  private int slowly(String key) {
    readings.incrementAndGet();
    int answer = truth.get();
    begun.release();
    mayEnd.acquireUninterruptibly();
    if (answer < 0) {
      throw new IllegalStateException("refused");
    }
    return answer;
  }

  @Test
  void who_asks_during_a_reading_shares_the_next_one_and_never_gets_what_was_read_before()
      throws Exception {
    Future<Integer> first = threads.submit(() -> together.read("room"));
    assertThat(begun.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    truth.set(1);
    List<Future<Integer>> later = asks(50);

    mayEnd.release();
    assertThat(first.get()).isZero();
    mayEnd.release();

    for (Future<Integer> each : later) {
      assertThat(each.get()).isEqualTo(1);
    }
    assertThat(readings).hasValue(2);
  }

  @Test
  void a_failure_is_that_of_those_who_shared_it_and_the_next_reading_is_a_new_one()
      throws Exception {
    truth.set(-1);
    mayEnd.release();
    assertThatThrownBy(() -> together.read("room")).isInstanceOf(IllegalStateException.class);

    truth.set(7);
    mayEnd.release();
    assertThat(together.read("room")).isEqualTo(7);
  }

  @Test
  void different_questions_do_not_wait_for_each_other() throws Exception {
    Future<Integer> slow = threads.submit(() -> together.read("one room"));
    assertThat(begun.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    Future<Integer> other = threads.submit(() -> together.read("another"));
    assertThat(begun.tryAcquire(30, TimeUnit.SECONDS)).isTrue();

    mayEnd.release(2);
    assertThat(slow.get()).isZero();
    assertThat(other.get()).isZero();
  }

  @Test
  void every_answer_is_at_least_as_new_as_its_question() throws Exception {
    var counted = new AtomicInteger();
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var shared =
        new RequestCoalescer<String, Integer>(key -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          int answer = counted.get();
          Thread.yield();
          running.decrementAndGet();
          return answer;
        });
    List<Future<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      all.add(
          threads.submit(() -> {
            boolean right = true;
            for (int n = 0; n < 500; n++) {
              int before = counted.incrementAndGet();
              right &= shared.read("room") >= before;
            }
            return right;
          }));
    }
    for (Future<Boolean> each : all) {
      assertThat(each.get()).isTrue();
    }
    assertThat(most).hasValue(1);
  }

  /** Returns once all of them wait. */
  private List<Future<Integer>> asks(int count) throws Exception {
    var started = new CountDownLatch(count);
    List<Future<Integer>> asked = new ArrayList<>();
    List<Thread> waiting = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      asked.add(
          threads.submit(() -> {
            synchronized (waiting) {
              waiting.add(Thread.currentThread());
            }
            started.countDown();
            return together.read("room");
          }));
    }
    assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (waiting.stream().anyMatch(thread -> thread.getState() != Thread.State.WAITING)) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.yield();
    }
    return asked;
  }
}
