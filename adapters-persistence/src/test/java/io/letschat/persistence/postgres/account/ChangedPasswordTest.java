package io.letschat.persistence.postgres.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.domain.account.Account;
import io.letschat.domain.account.Device;
import io.letschat.domain.account.PasswordHash;
import io.letschat.domain.account.Session;
import io.letschat.domain.account.SessionId;
import io.letschat.persistence.postgres.TestDatabase;
import io.letschat.testkit.Stores;
import java.security.SecureRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ChangedPasswordTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * Somebody signs in with the old password in the very moment in which it is changed. A session
   * that was written while the others were being deleted used to be able to survive: the deletion
   * did not see it, and whoever opened it still saw the old password.
   */
  @Test
  void no_session_that_is_opened_with_the_old_password_outlives_the_change() throws Exception {
    try (TestDatabase database = TestDatabase.fresh();
        TestDatabase anotherNode = database.anotherNode();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Stores stores = database.stores();
      for (int round = 0; round < 100; round++) {
        Account account = stores.someone();
        PasswordHash old = password(stores, account);
        var changed = new PasswordHash("$2a$10$changed");
        var together = new CyclicBarrier(2);
        Session session =
            Session.opened(SessionId.random(RANDOM), account, Device.of("", ""), Stores.NOON);
        var signIn =
            threads.submit(() -> {
              together.await();
              stores.sessions().open(session);
              // What a sign-in looks at before it tells anybody of its session.
              return password(stores, account).equals(old);
            });
        var change =
            threads.submit(() -> {
              together.await();
              return anotherNode.stores().accounts().changePassword(account.id(), changed);
            });
        boolean signedIn = signIn.get();
        change.get();
        if (signedIn) {
          assertThat(stores.sessions().live(session.id(), Stores.NOON)).isEmpty();
        }
        assertThat(password(stores, account)).isEqualTo(changed);
      }
    }
  }

  private static PasswordHash password(Stores stores, Account account) {
    return stores.accounts().withEmail(account.email()).orElseThrow().password();
  }
}
