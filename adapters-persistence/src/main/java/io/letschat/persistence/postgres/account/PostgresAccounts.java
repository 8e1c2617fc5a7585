package io.letschat.persistence.postgres.account;

import io.letschat.application.account.Accounts;
import io.letschat.domain.Confusables;
import io.letschat.domain.Text;
import io.letschat.domain.account.Account;
import io.letschat.domain.account.AccountId;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.PasswordHash;
import io.letschat.domain.account.SessionId;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.persistence.postgres.Handles;
import io.letschat.persistence.postgres.SqlState;
import io.letschat.persistence.postgres.migration.LookAlikes;
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
    username.ifPresent(name -> LookAlikes.USERS.lock(handle, name.text()));
    return handle
        .createQuery(
            """
            insert into users
              (auth_id, username, username_key, skeletons, skeletons_of, created_at)
            select :account, :name, :key, :skeletons, :name, :now
            where <nobodyElse>
            on conflict (username_key) do nothing
            returning id
            """
                .replace("<nobodyElse>", LookAlikes.USERS.nobodyElse()))
        .bind("account", account)
        .bind("name", username.map(Username::text))
        .bind("key", username.map(Username::key))
        .bindArray("skeletons", String.class, skeletons(username))
        .bind("ascii", username.map(name -> Confusables.isAscii(name.text())).orElse(true))
        .bind("self", 0)
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
    return choose(user, username, "u.username is null")
        ? new Named(username)
        : nameOf(user).<Naming>map(NamedBefore::new).orElseGet(NameTaken::new);
  }

  @Override
  public boolean rename(UserId user, Username username) {
    // Whoever has the name already may write it otherwise, whatever else looks like it.
    return choose(user, username, "true");
  }

  private boolean choose(UserId user, Username username, String condition) {
    try {
      return handles.inTransaction(handle -> {
        LookAlikes.USERS.lock(handle, username.text());
        return handle
                .createUpdate(
                    """
                    update users u
                    set username = :name, username_key = :key,
                        skeletons = :skeletons, skeletons_of = :name
                    where u.id = :self and <condition>
                      and (coalesce(u.username_key in (:key, :former), false) or <nobodyElse>)
                    """
                        .replace("<condition>", condition)
                        .replace("<nobodyElse>", LookAlikes.USERS.nobodyElse()))
                .bind("name", username.text())
                .bind("key", username.key())
                .bind("former", Text.key(username.text()))
                .bindArray("skeletons", String.class, LookAlikes.of(username.text()))
                .bind("ascii", Confusables.isAscii(username.text()))
                .bind("self", user.value())
                .execute()
            == 1;
      });
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
                Map.entry(
                    new UserId(row.getLong("id")), Username.stored(row.getString("username"))))
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

  @Override
  public boolean rehash(AccountId account, PasswordHash old, PasswordHash fresh) {
    return handles.withHandle(handle ->
        handle.execute(
                "update auth_credentials set password_hash = ? where id = ? and password_hash = ?",
                fresh.bcrypt(),
                account.value(),
                old.bcrypt())
            == 1);
  }

  private Optional<Username> nameOf(UserId user) {
    return Optional.ofNullable(names(List.of(user)).get(user));
  }

  private static List<String> skeletons(Optional<Username> username) {
    return username.map(name -> LookAlikes.of(name.text())).orElse(List.of());
  }
}
