package io.letschat.embeddedpostgres;

import io.letschat.embeddedpostgres.backup.Backups;
import io.letschat.embeddedpostgres.backup.SchemaMigrator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * A guestbook that keeps what people write, and its backup and restore: {@code java … Example
 * FOLDER}, with a folder that need not exist.
 */
public final class Example {
  private static final Product GUESTBOOK =
      new Product("Guestbook", "./guestbook", "guestbook", "DATA_DIR", "DATABASE_URL");

  private Example() {}

  static void main(String[] words) throws SQLException, IOException {
    Path data = Files.createDirectories(Path.of(words[0]));
    Path file = data.resolve("backup.zip");
    Files.deleteIfExists(file);
    var backups = new Backups(GUESTBOOK, new GuestbookSchema());

    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(GUESTBOOK, data);
        Connection connection = postgres.address().connect();
        Statement statement = connection.createStatement()) {
      GuestbookSchema.create(statement);
      statement.execute("insert into entries (text) values ('I was here')");
      IO.println("written, PostgreSQL is process " + postgres.pid());
    }

    IO.println(backups.backup(data, file) + " in the backup");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(GUESTBOOK, data);
        Connection connection = postgres.address().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("delete from entries");
    }
    IO.println(backups.restore(data, file) + " restored");

    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(GUESTBOOK, data);
        Connection connection = postgres.address().connect();
        Statement statement = connection.createStatement();
        ResultSet entries = statement.executeQuery("select text from entries")) {
      while (entries.next()) {
        IO.println(entries.getString(1));
      }
    }
  }

  /** The simplest migrations that there are: one version. */
  private static final class GuestbookSchema implements SchemaMigrator {
    static void create(Statement statement) throws SQLException {
      statement.execute("create table if not exists guestbook_versions (version text)");
      statement.execute(
          "insert into guestbook_versions select '1' where not exists (table guestbook_versions)");
      statement.execute(
          "create table if not exists entries (id serial primary key, text text not null)");
    }

    @Override
    public String historyTable() {
      return "guestbook_versions";
    }

    @Override
    public Optional<String> version(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet version = statement.executeQuery("table guestbook_versions")) {
        return version.next() ? Optional.of(version.getString(1)) : Optional.empty();
      }
    }

    @Override
    public boolean knows(PostgresAddress database, String version) {
      return version.equals("1");
    }

    @Override
    public void migrateTo(PostgresAddress database, String version) throws MigrationFailed {
      try (Connection connection = database.connect();
          Statement statement = connection.createStatement()) {
        create(statement);
      } catch (SQLException e) {
        throw new MigrationFailed(String.valueOf(e.getMessage()), e);
      }
    }

    @Override
    public void complete(PostgresAddress restored, PostgresAddress current) {
      // Version 1 is the present, and nothing in a guestbook is overtaken by time.
    }
  }
}
