package io.letschat.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.multibindings.OptionalBinder;
import io.letschat.application.Addresses;
import io.letschat.application.account.Accounts;
import io.letschat.application.account.PasswordHasher;
import io.letschat.application.account.code.OneTimeCodes;
import io.letschat.application.account.session.SessionTokens;
import io.letschat.application.account.session.Sessions;
import io.letschat.application.delivery.MessageLog;
import io.letschat.application.media.Uploads;
import io.letschat.application.revocation.Revocations;
import io.letschat.application.room.Memberships;
import io.letschat.application.room.Rooms;
import io.letschat.domain.account.Device;
import io.letschat.domain.account.Session;
import io.letschat.domain.account.SessionId;
import io.letschat.domain.message.MessageContent;
import io.letschat.domain.message.MessageType;
import io.letschat.domain.message.NewMessage;
import io.letschat.domain.room.Member;
import io.letschat.persistence.postgres.Database;
import io.letschat.persistence.postgres.TestDatabase;
import io.letschat.persistence.postgres.message.CommitObserver;
import io.letschat.testkit.SettableClock;
import io.letschat.testkit.Stores;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class PersistenceModuleTest {
  private final List<Integer> commits = new CopyOnWriteArrayList<>();

  @Test
  void the_module_gives_every_port_that_is_kept_and_tells_of_commits() throws Exception {
    try (TestDatabase database = TestDatabase.fresh()) {
      Injector injector = injector(database.database());
      var stores =
          new Stores(
              injector.getInstance(Accounts.class),
              injector.getInstance(Sessions.class),
              injector.getInstance(OneTimeCodes.class),
              injector.getInstance(Rooms.class),
              injector.getInstance(Memberships.class),
              injector.getInstance(MessageLog.class),
              injector.getInstance(Uploads.class),
              injector.getInstance(Revocations.class));

      Member member = stores.roomAndOwner();
      var message =
          new NewMessage(
              member,
              Stores.sessionOf(member),
              MessageContent.of("hello"),
              MessageType.TEXT,
              Optional.empty(),
              Stores.NOON);
      assertThat(stores.log().append(message)).isInstanceOf(MessageLog.Appended.class);
      Await.until("the commit was told of", () -> commits.equals(List.of(1)));

      Session session =
          Session.opened(
              SessionId.random(new SecureRandom()),
              stores.someone(),
              Device.of("", ""),
              Stores.NOON);
      var tokens = injector.getInstance(SessionTokens.class);
      assertThat(tokens.read(tokens.issue(session))).contains(session.id());

      var passwords = injector.getInstance(PasswordHasher.class);
      assertThat(passwords.matches("secret", passwords.hash("secret"))).isTrue();
      assertThat(injector.getInstance(MessageLog.class)).isSameAs(stores.log());
    }
  }

  private Injector injector(Database database) {
    return Guice.createInjector(
        new PersistenceModule(
            database,
            "a secret for the tokens of this test",
            "another for the codes",
            Addresses.AT_THE_ROOT),
        binder -> {
          binder.bind(InstantSource.class).toInstance(new SettableClock(Stores.NOON));
          binder.bind(SecureRandom.class).toInstance(new SecureRandom());
          OptionalBinder.newOptionalBinder(binder, CommitObserver.class)
              .setBinding()
              .toInstance(listener());
        });
  }

  private CommitObserver listener() {
    return new CommitObserver() {
      @Override
      public void committed(int messages, Duration waited, Duration took) {
        commits.add(messages);
      }

      @Override
      public void refused() {}

      @Override
      public void lost(int messages) {}
    };
  }
}
