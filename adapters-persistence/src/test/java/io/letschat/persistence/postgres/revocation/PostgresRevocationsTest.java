package io.letschat.persistence.postgres.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.revocation.Revocation;
import io.letschat.application.revocation.Revocations;
import io.letschat.domain.account.Account;
import io.letschat.domain.account.Device;
import io.letschat.domain.account.PasswordHash;
import io.letschat.domain.account.Session;
import io.letschat.domain.account.SessionId;
import io.letschat.domain.room.Member;
import io.letschat.persistence.postgres.TestDatabase;
import io.letschat.testkit.Stores;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PostgresRevocationsTest {
  private static final TestDatabase DATABASE = TestDatabase.fresh();

  private final Stores stores = DATABASE.stores();
  private final Revocations revocations = stores.revocations();
  private Revocations.Position position = revocations.end();

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  private Session session(Account account, Instant signedInAt) {
    Session session =
        Session.opened(
            SessionId.random(new SecureRandom()), account, Device.of("", "192.0.2.1"), signedInAt);
    stores.sessions().open(session);
    return session;
  }

  private List<Revocation> added() {
    var some = (Revocations.Some) revocations.since(position);
    position = some.next();
    return some.revocations();
  }

  private static Revocation of(Session session) {
    return new Revocation.OfSession(session.id());
  }

  @Test
  void every_way_to_end_a_session_or_a_membership_is_on_the_list_once() {
    Account account = stores.someone();
    Session one = session(account, Instant.now());
    stores.sessions().end(one.id());
    assertThat(added()).containsExactly(of(one));

    Session two = session(account, Instant.now());
    Session three = session(account, Instant.now());
    stores.sessions().endAll(account.id());
    assertThat(added()).containsExactlyInAnyOrder(of(two), of(three));

    Session four = session(account, Instant.now());
    stores
        .accounts()
        .changePassword(
            account.id(),
            new PasswordHash("$2a$10$abcdefghijklmnopqrstuuTDLVcyrbTpWX8jqyIYXOkCQbYHVQbQz"));
    assertThat(added()).containsExactly(of(four));

    Member owner = stores.roomAndOwner();
    Member member = stores.join(owner.room());
    stores.memberships().end(owner.room().id(), member.user());
    assertThat(added())
        .containsExactly(new Revocation.OfMembership(owner.room().id(), member.user()));

    Session byHand = session(account, Instant.now());
    DATABASE
        .database()
        .handles()
        .useHandle(
            handle -> handle.execute("delete from sessions where id = ?", byHand.id().value()));
    assertThat(added()).containsExactly(of(byHand));
    assertThat(added()).isEmpty();
  }

  @Test
  void what_expires_and_what_is_not_there_is_not_on_the_list() {
    Account account = stores.someone();
    session(account, Instant.now().minus(Session.LIFETIME).minusSeconds(1));
    stores.sessions().forgetExpired(Instant.now());
    stores.sessions().end(SessionId.random(new SecureRandom()));

    assertThat(added()).isEmpty();
  }

  /** A number that is given before its row is committed would have been passed already. */
  @Test
  void what_is_committed_after_something_newer_was_read_is_not_skipped() {
    Account account = stores.someone();
    Session slow = session(account, Instant.now());
    Session quick = session(account, Instant.now());
    try (Handle handle = DATABASE.connect()) {
      handle.begin();
      handle.execute("delete from sessions where id = ?", slow.id().value());
      stores.sessions().end(quick.id());
      assertThat(added()).containsExactly(of(quick));
      assertThat(added()).doesNotContain(of(slow));
      handle.commit();
    }

    assertThat(added()).contains(of(slow));
    assertThat(added()).isEmpty();
  }

  @Test
  void a_position_of_another_history_is_told_and_nothing_of_the_future_is_read() {
    assertThat(revocations.since(new Revocations.Position(position.value() + 1_000_000)))
        .isEqualTo(new Revocations.Unknown());

    DATABASE
        .database()
        .handles()
        .useHandle(handle ->
            handle.execute(
                "insert into revocations (room_id, user_id, xact) values (1, 1, '99999999999')"));
    assertThat(added()).isEmpty();
  }

  @Test
  void what_is_old_is_forgotten() {
    Session session = session(stores.someone(), Instant.now());
    stores.sessions().end(session.id());
    revocations.forget(Instant.now().minus(Duration.ofHours(1)));
    assertThat(added()).containsExactly(of(session));

    position = new Revocations.Position(0);
    revocations.forget(Instant.now().plus(Duration.ofHours(1)));
    assertThat(added()).isEmpty();
  }
}
