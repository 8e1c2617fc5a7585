package io.letschat.embeddedpostgres.backup;

import io.letschat.embeddedpostgres.PostgresAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The migrations of the program whose data are backed up. A backup holds data and no schema: a
 * restore has the schema of the backup made by these, loads the data, and has them brought to the
 * present.
 */
public interface SchemaMigrator {
  /** The table in which they keep what they have done; its rows are not backed up. */
  String historyTable();

  /**
   * How far the schema has come, as the connection's transaction sees it; empty when they have
   * never run on it.
   */
  Optional<String> version(Connection connection) throws SQLException;

  /** Whether they know the way to a version that a backup was made at. */
  boolean knows(PostgresAddress database, String version);

  /** Makes the schema of that version in an empty database. */
  void migrateTo(PostgresAddress database, String version) throws MigrationFailed;

  /**
   * Brings what was restored to the present schema, and changes what time has overtaken in it.
   *
   * @param restored with the data of the backup
   * @param current what is replaced by it afterwards; perhaps with no schema at all
   */
  void complete(PostgresAddress restored, PostgresAddress current)
      throws MigrationFailed, SQLException;

  /** The message goes into a sentence for the person who restores. */
  final class MigrationFailed extends Exception {
    private static final long serialVersionUID = 1L;

    public MigrationFailed(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
