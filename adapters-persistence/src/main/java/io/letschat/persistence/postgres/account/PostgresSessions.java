package io.letschat.persistence.postgres.account;

import io.letschat.application.account.Sessions;
import io.letschat.application.account.SignedIn;
import io.letschat.domain.account.Account;
import io.letschat.domain.account.Session;
import io.letschat.domain.account.SessionId;
import io.letschat.persistence.postgres.Times;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

final class PostgresSessions implements Sessions {
  private final Jdbi jdbi;

  PostgresSessions(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public void open(Session session) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                insert into sessions (id, auth_id, signed_in_at, expires_at)
                values (:id, :account, :signedInAt, :expiresAt)
                """)
            .bind("id", session.id().value())
            .bind("account", session.account().value())
            .bind("signedInAt", session.signedInAt())
            .bind("expiresAt", session.expiresAt())
            .execute());
  }

  @Override
  public Optional<SignedIn> live(SessionId id, Instant now) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "select s.signed_in_at, s.expires_at, "
                    + AccountRow.COLUMNS
                    + " from sessions s"
                    + " join auth_credentials a on a.id = s.auth_id"
                    + " join users u on u.auth_id = a.id"
                    + " where s.id = :id and s.expires_at > :now")
            .bind("id", id.value())
            .bind("now", now)
            .map((row, context) -> {
              Account account = AccountRow.read(row);
              Session session =
                  new Session(
                      id,
                      account.id(),
                      account.user(),
                      Times.read(row, "signed_in_at"),
                      Times.read(row, "expires_at"));
              return new SignedIn(session, account);
            })
            .findOne());
  }

  @Override
  public void end(SessionId id) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate("delete from sessions where id = :id")
            .bind("id", id.value())
            .execute());
  }

  @Override
  public void forgetExpired(Instant now) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate("delete from sessions where expires_at <= :now")
            .bind("now", now)
            .execute());
  }
}
