package io.letschat.persistence.postgres.account;

import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.account.session.Sessions;
import io.letschat.domain.account.AccountId;
import io.letschat.domain.account.Device;
import io.letschat.domain.account.Session;
import io.letschat.domain.account.SessionId;
import io.letschat.domain.account.UserId;
import io.letschat.persistence.postgres.Handles;
import io.letschat.persistence.postgres.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

final class PostgresSessions implements Sessions {
  private static final String SESSION =
      "s.id as session_id, s.user_agent, s.address, s.signed_in_at, s.expires_at";

  private static final String LIVE =
      "select "
          + SESSION
          + ", "
          + AccountRow.COLUMNS
          + " from sessions s"
          + " join auth_credentials a on a.id = s.auth_id"
          + " join users u on u.auth_id = a.id";

  private final Handles handles;
  private final Handles connecting;

  /**
   * @param connecting for the look-up of those who connect, who must not wait behind what those do
   *     who have been let in
   */
  PostgresSessions(Handles handles, Handles connecting) {
    this.handles = handles;
    this.connecting = connecting;
  }

  @Override
  public void open(Session session) {
    handles.useHandle(handle ->
        handle
            .createUpdate(
                """
                insert into sessions (id, auth_id, user_agent, address, signed_in_at, expires_at)
                values (:id, :account, :userAgent, :address, :signedInAt, :expiresAt)
                """)
            .bind("id", session.id().value())
            .bind("account", session.account().value())
            .bind("userAgent", session.device().userAgent())
            .bind("address", session.device().address())
            .bind("signedInAt", session.signedInAt())
            .bind("expiresAt", session.expiresAt())
            .execute());
  }

  @Override
  public Optional<AuthenticatedUser> live(SessionId id, Instant now) {
    return handles.withHandle(handle ->
        handle
            .createQuery(LIVE + " where s.id = :id and s.expires_at > :now")
            .bind("id", id.value())
            .bind("now", now)
            .map((row, context) -> new AuthenticatedUser(read(row), AccountRow.read(row)))
            .findOne());
  }

  @Override
  public Map<SessionId, AuthenticatedUser> liveAmong(Set<SessionId> ids, Instant now) {
    return connecting.withHandle(handle ->
        handle
            .createQuery(LIVE + " where s.id = any(:ids) and s.expires_at > :now")
            .bindArray("ids", String.class, ids.stream().map(SessionId::value).toArray())
            .bind("now", now)
            .map((row, context) -> new AuthenticatedUser(read(row), AccountRow.read(row)))
            .collect(Collectors.toMap(who -> who.session().id(), who -> who)));
  }

  @Override
  public boolean isLive(SessionId id, Instant now) {
    return handles.withHandle(handle ->
        handle
            .createQuery(
                "select exists (select from sessions where id = :id and expires_at > :now)")
            .bind("id", id.value())
            .bind("now", now)
            .mapTo(Boolean.class)
            .one());
  }

  @Override
  public List<Session> of(AccountId account, Instant now) {
    return handles.withHandle(handle ->
        handle
            .createQuery(
                "select "
                    + SESSION
                    + ", s.auth_id, u.id as user_id from sessions s"
                    + " join users u on u.auth_id = s.auth_id"
                    + " where s.auth_id = :account and s.expires_at > :now"
                    + " order by s.signed_in_at desc, s.id")
            .bind("account", account.value())
            .bind("now", now)
            .map((row, context) -> read(row))
            .list());
  }

  private static Session read(ResultSet row) throws SQLException {
    return new Session(
        new SessionId(row.getString("session_id")),
        new AccountId(row.getLong("auth_id")),
        new UserId(row.getLong("user_id")),
        new Device(row.getString("user_agent"), row.getString("address")),
        Times.read(row, "signed_in_at"),
        Times.read(row, "expires_at"));
  }

  @Override
  public List<SessionId> endAll(AccountId account) {
    return handles.withHandle(handle ->
        handle
            .createQuery("delete from sessions where auth_id = :account returning id")
            .bind("account", account.value())
            .mapTo(String.class)
            .map(SessionId::new)
            .list());
  }

  @Override
  public void end(SessionId id) {
    handles.useHandle(handle ->
        handle
            .createUpdate("delete from sessions where id = :id")
            .bind("id", id.value())
            .execute());
  }

  @Override
  public void forgetExpired(Instant now) {
    handles.useHandle(handle ->
        handle
            .createUpdate("delete from sessions where expires_at <= :now")
            .bind("now", now)
            .execute());
  }
}
