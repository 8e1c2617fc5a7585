package io.letschat.application.account.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.application.StoreUnavailable;
import io.letschat.domain.account.Account;
import io.letschat.domain.account.Device;
import io.letschat.domain.account.Session;
import io.letschat.domain.account.SessionId;
import io.letschat.testkit.ManualScheduler;
import io.letschat.testkit.PlainSessionTokens;
import io.letschat.testkit.SettableClock;
import io.letschat.testkit.Stores;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A crowd comes back at once, to a store that may not be there. */
class AuthenticationQueueTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Stores stores = Stores.inMemory();
  private final PlainSessionTokens tokens = new PlainSessionTokens();
  private final SettableClock clock = new SettableClock(Stores.NOON);
  private final ManualScheduler scheduler = new ManualScheduler(clock);

  /** What each look-up was about. */
  private final List<Set<SessionId>> questions = new CopyOnWriteArrayList<>();

  private final CountDownLatch firstAsked = new CountDownLatch(1);
  private volatile CountDownLatch held = new CountDownLatch(0);
  private volatile Optional<RuntimeException> trouble = Optional.empty();
  private AuthenticationQueue queue = queue(AuthenticationQueue.CAPACITY);

  private AuthenticationQueue queue(int capacity) {
    return new AuthenticationQueue(tokens, watched(), clock, scheduler, capacity);
  }

  private Sessions watched() {
    return (Sessions)
        Proxy.newProxyInstance(
            Sessions.class.getClassLoader(),
            new Class<?>[] {Sessions.class},
            (proxy, method, arguments) -> {
              @SuppressWarnings("unchecked")
              var ids = (Set<SessionId>) arguments[0];
              questions.add(ids);
              firstAsked.countDown();
              held.await();
              if (trouble.isPresent()) {
                throw trouble.get();
              }
              return method.invoke(stores.sessions(), arguments);
            });
  }

  private Session signsIn() {
    Account account = stores.someone();
    Session session =
        Session.opened(
            SessionId.random(RANDOM), account, Device.of("", "192.0.2.1"), clock.instant());
    stores.sessions().open(session);
    return session;
  }

  private AuthenticationQueue.Result connects(Session session) {
    return queue.authenticate(List.of(tokens.issue(session)));
  }

  private static SessionId authenticated(AuthenticationQueue.Result result) {
    return ((AuthenticationQueue.Authenticated) result).who().session().id();
  }

  private static AuthenticationQueue.Unavailable unavailable(AuthenticationQueue.Reason reason) {
    return new AuthenticationQueue.Unavailable(reason);
  }

  @Test
  void who_has_a_live_session_is_somebody_and_all_others_are_nobody() {
    Session live = signsIn();
    Session ended = signsIn();
    stores.sessions().end(ended.id());

    assertThat(authenticated(connects(live))).isEqualTo(live.id());
    assertThat(connects(ended)).isEqualTo(new AuthenticationQueue.Unauthorized());
    assertThat(queue.authenticate(List.of("no token")))
        .isEqualTo(new AuthenticationQueue.Unauthorized());
    assertThat(queue.authenticate(List.of())).isEqualTo(new AuthenticationQueue.Unauthorized());
    assertThat(
            authenticated(
                queue.authenticate(List.of("no token", tokens.issue(ended), tokens.issue(live)))))
        .isEqualTo(live.id());
  }

  @Test
  void all_who_come_while_others_are_looked_up_are_looked_up_by_one_question() throws Exception {
    held = new CountDownLatch(1);
    try (var crowd = new Crowd()) {
      crowd.connects(signsIn());
      assertThat(firstAsked.await(10, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < 100; i++) {
        crowd.connects(signsIn());
      }
      crowd.allWait(100);
      held.countDown();

      assertThat(crowd.results())
          .hasSize(101)
          .allMatch(AuthenticationQueue.Authenticated.class::isInstance);
    }
    assertThat(questions).extracting(Set::size).containsExactly(1, 100);
  }

  @Test
  void who_finds_the_queue_full_is_put_off_and_nobody_else() throws Exception {
    queue = queue(2);
    held = new CountDownLatch(1);
    try (var crowd = new Crowd()) {
      crowd.connects(signsIn());
      assertThat(firstAsked.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(queue.unavailable()).isEmpty();
      crowd.connects(signsIn());
      crowd.connects(signsIn());
      crowd.allWait(2);

      assertThat(queue.unavailable()).contains(AuthenticationQueue.Reason.OVERLOADED);
      assertThat(connects(signsIn())).isEqualTo(unavailable(AuthenticationQueue.Reason.OVERLOADED));
      held.countDown();
      assertThat(crowd.results())
          .hasSize(3)
          .allMatch(AuthenticationQueue.Authenticated.class::isInstance);
    }
    assertThat(queue.unavailable()).isEmpty();
  }

  /** Neither those who wait are kept waiting, nor does each who comes ask a store that is away. */
  @Test
  void once_the_store_is_away_all_are_put_off_at_once_until_it_answers_the_queue()
      throws Exception {
    held = new CountDownLatch(1);
    trouble = Optional.of(new StoreUnavailable("The test's store", new IllegalStateException()));
    Session session = signsIn();
    try (var crowd = new Crowd()) {
      crowd.connects(session);
      assertThat(firstAsked.await(10, TimeUnit.SECONDS)).isTrue();
      crowd.connects(signsIn());
      crowd.allWait(1);
      held.countDown();
      assertThat(crowd.results()).containsOnly(unavailable(AuthenticationQueue.Reason.STORE_AWAY));
    }
    assertThat(queue.unavailable()).contains(AuthenticationQueue.Reason.STORE_AWAY);
    assertThat(connects(session)).isEqualTo(unavailable(AuthenticationQueue.Reason.STORE_AWAY));
    assertThat(questions).hasSize(1);

    scheduler.pass(AuthenticationQueue.PAUSE);
    assertThat(questions).hasSize(2);
    assertThat(connects(session)).isEqualTo(unavailable(AuthenticationQueue.Reason.STORE_AWAY));

    trouble = Optional.empty();
    scheduler.pass(AuthenticationQueue.PAUSE);
    assertThat(queue.unavailable()).isEmpty();
    assertThat(authenticated(connects(session))).isEqualTo(session.id());
  }

  @Test
  void a_defect_is_thrown_to_those_it_concerns_and_the_next_ones_are_looked_up() {
    trouble = Optional.of(new IllegalStateException("a defect"));
    Session session = signsIn();
    assertThatThrownBy(() -> connects(session)).hasMessage("a defect");

    trouble = Optional.empty();
    assertThat(authenticated(connects(session))).isEqualTo(session.id());
  }

  private final class Crowd implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<CompletableFuture<AuthenticationQueue.Result>> connecting =
        new ArrayList<>();

    void connects(Session session) {
      connecting.add(
          CompletableFuture.supplyAsync(
              () -> AuthenticationQueueTest.this.connects(session), threads));
    }

    void allWait(int count) throws InterruptedException {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (queue.size() != count) {
        assertThat(System.nanoTime()).isLessThan(end);
        Thread.onSpinWait();
      }
    }

    List<AuthenticationQueue.Result> results() throws Exception {
      List<AuthenticationQueue.Result> results = new ArrayList<>();
      for (var each : connecting) {
        results.add(each.get(30, TimeUnit.SECONDS));
      }
      return results;
    }

    @Override
    public void close() {
      held.countDown();
      threads.close();
    }
  }
}
