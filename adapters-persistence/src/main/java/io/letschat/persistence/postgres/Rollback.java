package io.letschat.persistence.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The step back that Flyway's community edition lacks: the last script's counterpart, and its line
 * of the history.
 */
final class Rollback {
  /** Flyway's own advisory lock is this number plus the hash of the history table's quoted name. */
  private static final long FLYWAY = 77431708279161L;

  private static final String HISTORY = "flyway_schema_history";

  private final DataSource database;
  private final String undoFolder;

  Rollback(DataSource database, String undoFolder) {
    this.database = database;
    this.undoFolder = undoFolder;
  }

  Optional<String> last() {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        Optional<String> undone = undoLast(connection);
        connection.commit();
        return undone;
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new MigrationRefused(
          "The last migration could not be rolled back, and nothing was changed: " + e.getMessage(),
          e);
    }
  }

  private Optional<String> undoLast(Connection connection) throws SQLException {
    keepOthersOut(connection);
    Applied last = lastApplied(connection);
    if (last == null) {
      return Optional.empty();
    }
    try (Statement undo = connection.createStatement()) {
      undo.execute(undoScript(last.script()));
    }
    try (PreparedStatement forget =
        connection.prepareStatement("delete from " + HISTORY + " where installed_rank = ?")) {
      forget.setInt(1, last.rank());
      forget.executeUpdate();
    }
    return Optional.of(last.script());
  }

  private static void keepOthersOut(Connection connection) throws SQLException {
    String table = "\"" + connection.getSchema() + "\".\"" + HISTORY + "\"";
    try (PreparedStatement lock = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
      lock.setLong(1, FLYWAY + table.hashCode());
      lock.execute();
    }
  }

  private record Applied(int rank, String script) {}

  private static @Nullable Applied lastApplied(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet exists = statement.executeQuery("select to_regclass('" + HISTORY + "')")) {
        exists.next();
        if (exists.getString(1) == null) {
          return null;
        }
      }
      try (ResultSet rows =
          statement.executeQuery(
              "select installed_rank, script from "
                  + HISTORY
                  + " where success and version is not null order by installed_rank desc limit 1")) {
        return rows.next() ? new Applied(rows.getInt(1), rows.getString(2)) : null;
      }
    }
  }

  private String undoScript(String applied) {
    String name = undoFolder + "/" + applied.replaceFirst("^V", "U");
    try (InputStream script = Rollback.class.getClassLoader().getResourceAsStream(name)) {
      if (script == null) {
        throw new MigrationRefused(
            applied + " cannot be rolled back: this LetsChat brings no " + name + ".");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
