package io.letschat.embeddedpostgres.testing;

import io.letschat.embeddedpostgres.PostgresAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One statement, one value: what these tests ask a database. */
final class Sql {
  private Sql() {}

  static void execute(PostgresAddress address, String... statements) throws SQLException {
    try (Connection connection = ApplicationDatabase.connect(address);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static String value(PostgresAddress address, String query) throws SQLException {
    try (Connection connection = ApplicationDatabase.connect(address);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }
}
