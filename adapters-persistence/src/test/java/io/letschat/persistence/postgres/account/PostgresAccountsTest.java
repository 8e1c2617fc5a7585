package io.letschat.persistence.postgres.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.account.Accounts;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.PasswordHash;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.persistence.postgres.TestDatabase;
import io.letschat.testkit.AccountsContract;
import io.letschat.testkit.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PostgresAccountsTest extends AccountsContract {
  private static final TestDatabase DATABASE = TestDatabase.fresh();
  private static final TestDatabase ANOTHER_NODE = DATABASE.anotherNode();
  private static final PasswordHash HASH = new PasswordHash("$2a$10$none");

  @AfterAll
  static void close() {
    ANOTHER_NODE.close();
    DATABASE.close();
  }

  @Override
  protected Stores stores() {
    return DATABASE.stores();
  }

  @Test
  void of_many_who_choose_one_name_at_once_on_two_nodes_exactly_one_gets_it() throws Exception {
    for (int round = 0; round < 10; round++) {
      Username name = Username.of("wanted-" + round);
      int many = 8;
      CyclicBarrier together = new CyclicBarrier(many);
      List<Future<Boolean>> choices = new ArrayList<>();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < many; i++) {
          Accounts accounts = (i % 2 == 0 ? DATABASE : ANOTHER_NODE).stores().accounts();
          boolean signsUp = i < many / 2;
          String email = round + "-" + i + "@example.org";
          UserId nameless = signsUp ? new UserId(0) : add(accounts, email);
          choices.add(
              threads.submit(() -> {
                together.await();
                return signsUp
                    ? accounts.add(EmailAddress.of(email), Optional.of(name), HASH, Stores.NOON)
                        instanceof Accounts.Added
                    : accounts.name(nameless, name) instanceof Accounts.Named;
              }));
        }
      }
      int got = 0;
      for (Future<Boolean> choice : choices) {
        got += choice.get() ? 1 : 0;
      }
      assertThat(got).isEqualTo(1);
    }
  }

  private static UserId add(Accounts accounts, String email) {
    var added = accounts.add(EmailAddress.of(email), Optional.empty(), HASH, Stores.NOON);
    return ((Accounts.Added) added).account().user();
  }
}
