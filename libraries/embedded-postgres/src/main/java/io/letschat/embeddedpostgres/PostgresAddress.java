package io.letschat.embeddedpostgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Where a PostgreSQL is reached and as whom. Printing one does not print the password. */
public record PostgresAddress(String jdbcUrl, String user, String password) {
  /** A new connection, which the caller closes. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl, user, password);
  }

  @Override
  public String toString() {
    return user + " at " + jdbcUrl;
  }
}
