package io.letschat.embeddedpostgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.postgresql.PGConnection;

/**
 * The database and the role the application works with, both of the product's name: the role owns
 * the database and is nothing beyond it.
 */
final class ApplicationDatabase {
  /** Wrong password or no such role, and no such database. */
  private static final Set<String> TO_BE_SET_UP = Set.of("28P01", "28000", "3D000");

  private final DataFolder folder;
  private final String name;

  ApplicationDatabase(DataFolder folder) {
    this.folder = folder;
    this.name = folder.product().database();
  }

  PostgresAddress superuser(int port, String database) {
    return new PostgresAddress(
        url(port, database), "postgres", folder.superuserPassword().readOrMake());
  }

  PostgresAddress application(int port) {
    return application(port, name);
  }

  PostgresAddress application(int port, String database) {
    return new PostgresAddress(
        url(port, database), name, folder.applicationPassword().readOrMake());
  }

  /** Makes what is missing; may be repeated after an interruption at any point. */
  PostgresAddress prepare(int port) {
    PostgresAddress application = application(port);
    try {
      application.connect().close();
      return application;
    } catch (SQLException e) {
      if (!TO_BE_SET_UP.contains(String.valueOf(e.getSQLState()))) {
        throw refused(e);
      }
    }
    try (Connection connection = superuser(port, "postgres").connect();
        Statement statement = connection.createStatement()) {
      if (isEmpty(statement, "select 1 from pg_roles where rolname = '" + name + "'")) {
        statement.execute(
            "create role " + name + " login nosuperuser nocreatedb nocreaterole noreplication");
      }
      // The driver sends the scram verifier, so the password itself reaches neither the server nor
      // its log.
      connection
          .unwrap(PGConnection.class)
          .alterUserPassword(name, application.password().toCharArray(), "scram-sha-256");
      if (isEmpty(statement, "select 1 from pg_database where datname = '" + name + "'")) {
        statement.execute("create database " + name + " owner " + name);
      }
    } catch (SQLException e) {
      throw refused(e);
    }
    return application;
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
      return folder.product().diskFull(folder.root(), e);
    }
    String passwords =
        "28P01".equals(e.getSQLState())
            ? " If "
                + folder.superuserPassword().path()
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
