package io.letschat.persistence.postgres.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.account.code.OneTimeCodes;
import io.letschat.domain.account.CodeHash;
import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.OneTimeCode;
import io.letschat.persistence.postgres.TestDatabase;
import io.letschat.testkit.OneTimeCodesContract;
import io.letschat.testkit.Stores;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PostgresOneTimeCodesTest extends OneTimeCodesContract {
  private static final CodeHash RIGHT = code(1);
  private static final TestDatabase DATABASE = TestDatabase.fresh();
  private static final TestDatabase ANOTHER_NODE = DATABASE.anotherNode();

  @AfterAll
  static void close() {
    ANOTHER_NODE.close();
    DATABASE.close();
  }

  @Override
  protected Stores stores() {
    return DATABASE.stores();
  }

  /** Guessing is a race against the count: who reads it before he writes it would lose. */
  @Test
  void of_forty_wrong_tries_at_once_on_two_nodes_five_reach_the_code_and_then_it_is_dead()
      throws Exception {
    countUpdates();
    for (int round = 0; round < 10; round++) {
      EmailAddress email = keep("forty-" + round);
      assertThat(tryAtOnce(email, wrong(40))).isZero();
      assertThat(reached(email)).isEqualTo(OneTimeCode.TRIES);
      assertThat(tryAtOnce(email, List.of(RIGHT))).isZero();
    }
  }

  @Test
  void wrong_tries_at_once_are_all_counted() throws Exception {
    for (int round = 0; round < 10; round++) {
      EmailAddress dead = keep("five-" + round);
      tryAtOnce(dead, wrong(OneTimeCode.TRIES));
      assertThat(tryAtOnce(dead, List.of(RIGHT))).isZero();

      EmailAddress alive = keep("four-" + round);
      tryAtOnce(alive, wrong(OneTimeCode.TRIES - 1));
      assertThat(tryAtOnce(alive, List.of(RIGHT))).isEqualTo(1);
    }
  }

  @Test
  void of_many_right_tries_at_once_on_two_nodes_exactly_one_is_taken() throws Exception {
    for (int round = 0; round < 10; round++) {
      EmailAddress email = keep("right-" + round);
      assertThat(tryAtOnce(email, Collections.nCopies(20, RIGHT))).isEqualTo(1);
    }
  }

  private static EmailAddress keep(String name) {
    EmailAddress email = EmailAddress.of(name + "@example.org");
    DATABASE
        .stores()
        .codes()
        .keep(email, CodePurpose.RECOVERY, RIGHT, Stores.NOON.plus(OneTimeCode.LIFETIME));
    return email;
  }

  private static List<CodeHash> wrong(int many) {
    return IntStream.range(0, many).mapToObj(i -> code(1000 + i)).toList();
  }

  /** How many were taken. */
  private static int tryAtOnce(EmailAddress email, List<CodeHash> guesses) throws Exception {
    var together = new CyclicBarrier(guesses.size());
    List<Future<Boolean>> tries = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < guesses.size(); i++) {
        OneTimeCodes codes = (i % 2 == 0 ? DATABASE : ANOTHER_NODE).stores().codes();
        CodeHash guess = guesses.get(i);
        tries.add(
            threads.submit(() -> {
              together.await();
              return codes.redeem(email, CodePurpose.RECOVERY, guess, Stores.NOON);
            }));
      }
    }
    int taken = 0;
    for (Future<Boolean> outcome : tries) {
      taken += outcome.get() ? 1 : 0;
    }
    return taken;
  }

  /** Has the database itself count how often a code was compared with. */
  private static void countUpdates() {
    DATABASE
        .database()
        .handles()
        .useHandle(handle -> {
          handle.execute("create table reached (email text)");
          handle.execute(
              """
              create function count_reached() returns trigger language plpgsql as $$
              begin insert into reached values (new.email); return new; end $$
              """);
          handle.execute(
              """
              create trigger reached after update on otps
              for each row execute function count_reached()
              """);
        });
  }

  private static int reached(EmailAddress email) {
    return DATABASE
        .database()
        .handles()
        .withHandle(handle ->
            handle
                .createQuery("select count(*) from reached where email = :email")
                .bind("email", email.key())
                .mapTo(Integer.class)
                .one());
  }
}
