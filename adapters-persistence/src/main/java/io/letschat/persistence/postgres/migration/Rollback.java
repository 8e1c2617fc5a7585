package io.letschat.persistence.postgres.migration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
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

  static final String HISTORY = "flyway_schema_history";

  private final DataSource database;
  private final String undoFolder;

  Rollback(DataSource database, String undoFolder) {
    this.database = database;
    this.undoFolder = undoFolder;
  }

  /** What {@link #last} would do; nothing is changed. */
  Optional<RollbackPlan> plan() {
    return inTransaction(connection -> {
      Applied last = lastToUndo(connection);
      if (last == null) {
        return Optional.empty();
      }
      List<String> losses = LostData.by(undoScript(last.script()), connection);
      connection.rollback();
      return Optional.of(new RollbackPlan(last.script(), losses));
    });
  }

  /**
   * @param script of the migration that is to be the last one
   */
  void last(String script) {
    Optional<String> undone = inTransaction(connection -> undoLast(script, connection));
    if (undone.isEmpty()) {
      throw new MigrationRefused(
          script + " is no longer the last migration, and nothing was changed; look again.");
    }
  }

  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T inTransaction(Work<T> work) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T done = work.on(connection);
        connection.commit();
        return done;
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

  private static @Nullable Applied lastToUndo(Connection connection) throws SQLException {
    keepOthersOut(connection);
    Applied last = lastApplied(connection);
    if (last != null && last.first()) {
      throw new MigrationRefused(
          last.script()
              + " is the first migration: without it there would be no tables, and nothing of what"
              + " is in them, so it is not taken back. To begin anew, stop LetsChat and give it an"
              + " empty database: move DATA_DIR/postgres away, or name another database in"
              + " DATABASE_URL.");
    }
    return last;
  }

  private Optional<String> undoLast(String script, Connection connection) throws SQLException {
    Applied last = lastToUndo(connection);
    if (last == null || !last.script().equals(script)) {
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

  private record Applied(int rank, String script, boolean first) {}

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
              "select installed_rank, script, count(*) over () = 1 from "
                  + HISTORY
                  + " where success and version is not null order by installed_rank desc limit 1")) {
        return rows.next()
            ? new Applied(rows.getInt(1), rows.getString(2), rows.getBoolean(3))
            : null;
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
