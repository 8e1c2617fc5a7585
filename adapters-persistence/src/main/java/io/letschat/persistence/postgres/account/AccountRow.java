package io.letschat.persistence.postgres.account;

import io.letschat.domain.account.Account;
import io.letschat.domain.account.AccountId;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** An account and its user, read from {@code auth_credentials a join users u}. */
final class AccountRow {
  static final String COLUMNS =
      "a.id as auth_id, a.email, a.is_verified, u.id as user_id, u.username";

  private AccountRow() {}

  static Account read(ResultSet row) throws SQLException {
    return new Account(
        new AccountId(row.getLong("auth_id")),
        new UserId(row.getLong("user_id")),
        new EmailAddress(row.getString("email")),
        Optional.ofNullable(row.getString("username")).map(Username::stored),
        row.getBoolean("is_verified"));
  }
}
