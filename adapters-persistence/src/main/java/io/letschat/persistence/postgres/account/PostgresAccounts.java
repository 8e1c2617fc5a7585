package io.letschat.persistence.postgres.account;

import io.letschat.application.account.Accounts;
import io.letschat.domain.account.Account;
import io.letschat.domain.account.AccountId;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.PasswordHash;
import io.letschat.domain.account.SessionId;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.persistence.postgres.Handles;
import io.letschat.persistence.postgres.SqlState;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

final class PostgresAccounts implements Accounts {
  private final Handles handles;

  PostgresAccounts(Handles handles) {
    this.handles = handles;
  }

  @Override
  public Addition add(
      EmailAddress email, Optional<Username> username, PasswordHash password, Instant now) {
    return handles.inTransaction(handle -> {
      Optional<Long> account = addCredentials(handle, email, password, now);
      if (account.isEmpty()) {
        return new EmailTaken();
      }
      Optional<Long> user = addUser(handle, account.get(), username, now);
      if (user.isEmpty()) {
        handle.rollback();
        return new NameTaken();
      }
      return new Added(
          new Account(
              new AccountId(account.get()), new UserId(user.get()), email, username, false));
    });
  }

  // "on conflict do nothing" waits for somebody who is adding the same key, and then sees the end.

  private static Optional<Long> addCredentials(
      Handle handle, EmailAddress email, PasswordHash password, Instant now) {
    return handle
        .createQuery(
            """
            insert into auth_credentials (email, email_key, password_hash, created_at)
            values (:email, :key, :hash, :now)
            on conflict (email_key) do nothing
            returning id
            """)
        .bind("email", email.text())
        .bind("key", email.key())
        .bind("hash", password.bcrypt())
        .bind("now", now)
        .mapTo(Long.class)
        .findOne();
  }

  private static Optional<Long> addUser(
      Handle handle, long account, Optional<Username> username, Instant now) {
    return handle
        .createQuery(
            """
            insert into users (auth_id, username, username_key, created_at)
            values (:account, :name, :key, :now)
            on conflict (username_key) do nothing
            returning id
            """)
        .bind("account", account)
        .bind("name", username.map(Username::text))
        .bind("key", username.map(Username::key))
        .bind("now", now)
        .mapTo(Long.class)
        .findOne();
  }

  @Override
  public Optional<Credentials> withEmail(EmailAddress email) {
    return handles.withHandle(handle ->
        handle
            .createQuery(
                "select "
                    + AccountRow.COLUMNS
                    + ", a.password_hash from auth_credentials a"
                    + " join users u on u.auth_id = a.id where a.email_key = :key")
            .bind("key", email.key())
            .map((row, context) ->
                new Credentials(
                    AccountRow.read(row), new PasswordHash(row.getString("password_hash"))))
            .findOne());
  }

  @Override
  public Optional<Account> find(AccountId id) {
    return handles.withHandle(handle ->
        handle
            .createQuery(
                "select "
                    + AccountRow.COLUMNS
                    + " from auth_credentials a"
                    + " join users u on u.auth_id = a.id where a.id = :id")
            .bind("id", id.value())
            .map((row, context) -> AccountRow.read(row))
            .findOne());
  }

  @Override
  public Naming name(UserId user, Username username) {
    try {
      return handles.withHandle(handle -> {
        int named =
            handle
                .createUpdate(
                    """
                    update users set username = :name, username_key = :key
                    where id = :user and username is null
                    """)
                .bind("name", username.text())
                .bind("key", username.key())
                .bind("user", user.value())
                .execute();
        return named == 1 ? new Named(username) : new NamedBefore(nameOf(handle, user));
      });
    } catch (JdbiException e) {
      if (isTaken(e)) {
        return new NameTaken();
      }
      throw e;
    }
  }

  @Override
  public boolean rename(UserId user, Username username) {
    try {
      handles.useHandle(handle ->
          handle
              .createUpdate(
                  "update users set username = :name, username_key = :key where id = :user")
              .bind("name", username.text())
              .bind("key", username.key())
              .bind("user", user.value())
              .execute());
      return true;
    } catch (JdbiException e) {
      if (isTaken(e)) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public Map<UserId, Username> names(Collection<UserId> users) {
    return handles.withHandle(handle ->
        handle
            .createQuery(
                "select id, username from users where id = any(:users) and username is not null")
            .bindArray("users", Long.class, users.stream().map(UserId::value).toList())
            .map((row, context) ->
                Map.entry(new UserId(row.getLong("id")), new Username(row.getString("username"))))
            .collectToMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static boolean isTaken(JdbiException e) {
    return SqlState.of(e).filter(SqlState.UNIQUE_VIOLATION::equals).isPresent();
  }

  @Override
  public void verify(AccountId account) {
    handles.useHandle(handle ->
        handle
            .createUpdate(
                "update auth_credentials set is_verified = true where id = :id and not is_verified")
            .bind("id", account.value())
            .execute());
  }

  @Override
  public List<SessionId> changePassword(AccountId account, PasswordHash password) {
    return handles.inTransaction(handle -> {
      // A session that is just being opened refers to this row: either it is there before the lock
      // and is deleted, or it waits, and its opener then finds the new password.
      handle.execute("select 1 from auth_credentials where id = ? for update", account.value());
      handle.execute(
          "update auth_credentials set password_hash = ? where id = ?",
          password.bcrypt(),
          account.value());
      return handle
          .createQuery("delete from sessions where auth_id = :id returning id")
          .bind("id", account.value())
          .mapTo(String.class)
          .map(SessionId::new)
          .list();
    });
  }

  private static Username nameOf(Handle handle, UserId user) {
    return handle
        .createQuery("select username from users where id = :user")
        .bind("user", user.value())
        .mapTo(String.class)
        .findOne()
        .map(Username::new)
        .orElseThrow(() -> new IllegalArgumentException("there is no " + user));
  }
}
