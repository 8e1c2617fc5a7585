package io.letschat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.account.session.Sessions;
import io.letschat.domain.account.Account;
import io.letschat.domain.account.Device;
import io.letschat.domain.account.PasswordHash;
import io.letschat.domain.account.Session;
import io.letschat.domain.account.SessionId;
import io.letschat.domain.account.Username;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link Sessions} keeps. */
public abstract class SessionsContract {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** The adapter, the same during a test; there may be something in it. */
  protected abstract Stores stores();

  @Test
  void an_open_session_says_whose_it_is_until_it_expires() {
    Stores stores = stores();
    Account account = stores.someone();
    Session session = open(stores, account);

    assertThat(stores.sessions().live(session.id(), Stores.NOON))
        .contains(new AuthenticatedUser(session, account));
    assertThat(stores.sessions().live(session.id(), session.expiresAt().minusMillis(1)))
        .isPresent();
    assertThat(stores.sessions().live(session.id(), session.expiresAt())).isEmpty();
  }

  @Test
  void an_ended_session_is_over_and_the_others_of_the_account_are_not() {
    Stores stores = stores();
    Account account = stores.someone();
    Session ended = open(stores, account);
    Session other = open(stores, account);

    assertThat(stores.sessions().live(ended.id(), Stores.NOON)).isPresent();

    stores.sessions().end(ended.id());
    stores.sessions().end(ended.id());

    assertThat(stores.sessions().live(ended.id(), Stores.NOON)).isEmpty();
    assertThat(stores.sessions().live(other.id(), Stores.NOON)).isPresent();
    assertThat(stores.sessions().isLive(ended.id(), Stores.NOON)).isFalse();
    assertThat(stores.sessions().isLive(other.id(), Stores.NOON)).isTrue();
    assertThat(stores.sessions().isLive(other.id(), other.expiresAt())).isFalse();
  }

  @Test
  void many_are_looked_up_by_one_question_and_only_those_come_back_that_are_live() {
    Stores stores = stores();
    Account one = stores.someone();
    Account other = stores.someone();
    Session first = open(stores, one);
    Session second = open(stores, other, Stores.NOON.plusSeconds(60));
    Session ended = open(stores, one);
    stores.sessions().end(ended.id());
    SessionId never = SessionId.random(RANDOM);
    Set<SessionId> all = Set.of(first.id(), second.id(), ended.id(), never);

    assertThat(stores.sessions().liveAmong(all, Stores.NOON.plusSeconds(61)))
        .containsOnly(
            Map.entry(first.id(), new AuthenticatedUser(first, one)),
            Map.entry(second.id(), new AuthenticatedUser(second, other)));
    assertThat(stores.sessions().liveAmong(all, first.expiresAt())).containsOnlyKeys(second.id());
    assertThat(stores.sessions().liveAmong(Set.of(never), Stores.NOON)).isEmpty();
  }

  @Test
  void an_account_s_live_sessions_are_listed_the_latest_first() {
    Stores stores = stores();
    Account account = stores.someone();
    Session first = open(stores, account);
    Session second = open(stores, account, Stores.NOON.plusSeconds(60));
    Session ended = open(stores, account);
    stores.sessions().end(ended.id());
    open(stores, stores.someone());

    assertThat(stores.sessions().of(account.id(), Stores.NOON.plusSeconds(61)))
        .containsExactly(second, first);
    assertThat(stores.sessions().of(account.id(), first.expiresAt())).containsExactly(second);
  }

  @Test
  void all_sessions_of_an_account_end_at_once_and_nobody_else_s() {
    Stores stores = stores();
    Account account = stores.someone();
    Session first = open(stores, account);
    Session second = open(stores, account);
    Session foreign = open(stores, stores.someone());
    assertThat(stores.sessions().live(first.id(), Stores.NOON)).isPresent();

    assertThat(stores.sessions().endAll(account.id()))
        .containsExactlyInAnyOrder(first.id(), second.id());

    assertThat(stores.sessions().of(account.id(), Stores.NOON)).isEmpty();
    assertThat(stores.sessions().live(first.id(), Stores.NOON)).isEmpty();
    assertThat(stores.sessions().live(foreign.id(), Stores.NOON)).isPresent();
    assertThat(stores.sessions().endAll(account.id())).isEmpty();
  }

  @Test
  void another_password_ends_all_sessions_of_the_account_and_nobody_else_s() {
    Stores stores = stores();
    Account account = stores.someone();
    Session session = open(stores, account);
    Session foreign = open(stores, stores.someone());
    var password = new PasswordHash(Stores.HASH.bcrypt().replace('a', 'b'));
    assertThat(stores.sessions().live(session.id(), Stores.NOON)).isPresent();

    assertThat(stores.accounts().changePassword(account.id(), password))
        .containsExactly(session.id());

    assertThat(stores.sessions().live(session.id(), Stores.NOON)).isEmpty();
    assertThat(stores.sessions().live(foreign.id(), Stores.NOON)).isPresent();
    assertThat(stores.accounts().withEmail(account.email()).orElseThrow().password())
        .isEqualTo(password);
    assertThat(stores.accounts().changePassword(account.id(), Stores.HASH)).isEmpty();
  }

  @Test
  void a_session_tells_of_its_account_what_has_changed_since() {
    Stores stores = stores();
    Account account = stores.someone();
    Session session = open(stores, account);
    assertThat(stores.sessions().live(session.id(), Stores.NOON))
        .contains(new AuthenticatedUser(session, account));
    Username name = Username.of(Stores.unique());

    stores.accounts().verify(account.id());
    assertThat(stores.sessions().live(session.id(), Stores.NOON).orElseThrow().account().verified())
        .isTrue();
    stores.accounts().rename(account.user(), name);
    assertThat(stores.sessions().live(session.id(), Stores.NOON).orElseThrow().account().username())
        .contains(name);
  }

  @Test
  void a_session_that_never_was_is_not_live() {
    assertThat(stores().sessions().live(SessionId.random(RANDOM), Stores.NOON)).isEmpty();
  }

  @Test
  void only_expired_sessions_are_forgotten() {
    Stores stores = stores();
    Session session = open(stores, stores.someone());

    stores.sessions().forgetExpired(Stores.NOON.plus(Duration.ofHours(1)));
    assertThat(stores.sessions().isLive(session.id(), Stores.NOON)).isTrue();

    stores.sessions().forgetExpired(session.expiresAt());
    assertThat(stores.sessions().isLive(session.id(), Stores.NOON)).isFalse();
    assertThat(stores.sessions().live(session.id(), Stores.NOON)).isEmpty();
  }

  private static Session open(Stores stores, Account account) {
    return open(stores, account, Stores.NOON);
  }

  private static Session open(Stores stores, Account account, Instant now) {
    var device = Device.of("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", "192.0.2.1");
    Session session = Session.opened(SessionId.random(RANDOM), account, device, now);
    stores.sessions().open(session);
    return session;
  }
}
