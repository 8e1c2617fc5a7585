package io.letschat.persistence.postgres.embedded;

import io.letschat.embeddedpostgres.PostgresAddress;
import io.letschat.embeddedpostgres.backup.SchemaMigrator;
import io.letschat.persistence.postgres.Database;
import io.letschat.persistence.postgres.migration.MigrationRefused;
import io.letschat.persistence.postgres.migration.Migrations;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** The chat's migrations, as a backup and a restore need them. */
final class FlywayMigrator implements SchemaMigrator {
  private static final String HISTORY = "flyway_schema_history";

  @Override
  public String historyTable() {
    return HISTORY;
  }

  @Override
  public Optional<String> version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet last =
            statement.executeQuery(
                "select version from "
                    + HISTORY
                    + " where success and version is not null order by installed_rank desc limit 1")) {
      return last.next() ? Optional.of(last.getString(1)) : Optional.empty();
    }
  }

  @Override
  public boolean knows(PostgresAddress database, String version) {
    return migrations(database).knows(version);
  }

  @Override
  public void migrateTo(PostgresAddress database, String version) throws MigrationFailed {
    try {
      migrations(database).migrateTo(version);
    } catch (MigrationRefused e) {
      throw failed(e);
    }
  }

  @Override
  public void complete(PostgresAddress restored, PostgresAddress current)
      throws MigrationFailed, SQLException {
    try {
      migrations(restored).migrate();
    } catch (MigrationRefused e) {
      throw failed(e);
    }
    new PostRestore(current, restored).apply();
  }

  private static Migrations migrations(PostgresAddress database) {
    return new Migrations(Database.unpooled(database));
  }

  private static MigrationFailed failed(MigrationRefused e) {
    return new MigrationFailed(String.valueOf(e.getMessage()), e);
  }
}
