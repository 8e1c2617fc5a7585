package io.letschat.embeddedpostgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.postgresql.PGConnection;

/**
 * The database and the role the application works with: it owns the database and is nothing beyond
 * it.
 */
final class ApplicationDatabase {
  static final String NAME = "letschat";
  private static final String ROLE = "letschat";

  /** Wrong password or no such role, and no such database. */
  private static final Set<String> TO_BE_SET_UP = Set.of("28P01", "28000", "3D000");

  private final DataFolder folder;

  ApplicationDatabase(DataFolder folder) {
    this.folder = folder;
  }

  PostgresAddress superuser(int port, String database) {
    return new PostgresAddress(
        url(port, database), "postgres", GeneratedPasswords.readOrMake(folder.superuserPassword()));
  }

  PostgresAddress application(int port) {
    return application(port, NAME);
  }

  PostgresAddress application(int port, String database) {
    return new PostgresAddress(
        url(port, database), ROLE, GeneratedPasswords.readOrMake(folder.applicationPassword()));
  }

  /** Makes what is missing; may be repeated after an interruption at any point. */
  PostgresAddress prepare(int port) {
    PostgresAddress application = application(port);
    try {
      connect(application).close();
      return application;
    } catch (SQLException e) {
      if (!TO_BE_SET_UP.contains(String.valueOf(e.getSQLState()))) {
        throw refused(e);
      }
    }
    try (Connection connection = connect(superuser(port, "postgres"));
        Statement statement = connection.createStatement()) {
      if (isEmpty(statement, "select 1 from pg_roles where rolname = '" + ROLE + "'")) {
        statement.execute(
            "create role " + ROLE + " login nosuperuser nocreatedb nocreaterole noreplication");
      }
      // The driver sends the scram verifier, so the password itself reaches neither the server nor
      // its log.
      connection
          .unwrap(PGConnection.class)
          .alterUserPassword(ROLE, application.password().toCharArray(), "scram-sha-256");
      if (isEmpty(statement, "select 1 from pg_database where datname = '" + NAME + "'")) {
        statement.execute("create database " + NAME + " owner " + ROLE);
      }
    } catch (SQLException e) {
      throw refused(e);
    }
    return application;
  }

  static Connection connect(PostgresAddress address) throws SQLException {
    return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
  }

  private static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?requireAuth=scram-sha-256";
  }

  private static boolean isEmpty(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return !rows.next();
    }
  }

  private PostgresUnavailable refused(SQLException e) {
    if (PostgresUnavailable.saysDiskFull(e.getMessage())) {
      return DataFolder.diskFull(folder.root(), e);
    }
    String passwords =
        "28P01".equals(e.getSQLState())
            ? " If "
                + folder.superuserPassword()
                + " was changed, delete it: a new one is made at the next start."
            : "";
    return new PostgresUnavailable(
        "The embedded PostgreSQL runs but its database cannot be opened ("
            + e.getMessage()
            + ")."
            + passwords,
        e);
  }
}
