package io.letschat.embeddedpostgres.backup;

import io.letschat.persistence.postgres.Database;
import io.letschat.persistence.postgres.migration.MigrationRefused;
import io.letschat.persistence.postgres.migration.Migrations;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a backup in the place of what the database holds. It is loaded into a database of its own
 * first; the two change names in one transaction when all is there, so a restore that fails or is
 * interrupted has changed nothing.
 */
final class Restore {
  private static final Logger log = LoggerFactory.getLogger(Restore.class);
  private static final String FRESH = "letschat_restore";
  private static final String OLD = "letschat_before_restore";

  private final ApplicationDatabase database;
  private final int port;

  Restore(ApplicationDatabase database, int port) {
    this.database = database;
    this.port = port;
  }

  BackupContents from(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      BackupContents contents = contents(zip);
      onServer(
          "drop database if exists " + FRESH + " with (force)",
          "drop database if exists " + OLD + " with (force)",
          "create database " + FRESH + " owner letschat");
      Migrations migrations = new Migrations(Database.unpooled(database.application(port, FRESH)));
      if (!migrations.knows(contents.migration())) {
        throw new PostgresUnavailable(
            file
                + " is of a newer LetsChat (its schema is version "
                + contents.migration()
                + "), which this one does not know. Restore it with the newer one.");
      }
      migrations.migrateTo(contents.migration());
      load(zip, contents);
      migrations.migrate();
      new PostRestore(database.application(port), database.application(port, FRESH)).apply();
      changePlaces();
      return contents;
    } catch (ZipException | IllegalArgumentException e) {
      throw new PostgresUnavailable(
          file
              + " is no backup of LetsChat, or not a whole one ("
              + e.getMessage()
              + "); nothing was changed.",
          e);
    } catch (MigrationRefused | IOException | SQLException e) {
      throw PostgresUnavailable.saysDiskFull(e.getMessage())
          ? new PostgresUnavailable(
              "The disk of DATA_DIR has no room for the backup; nothing was changed.", e)
          : new PostgresUnavailable(
              file + " could not be restored (" + e.getMessage() + "); nothing was changed.", e);
    }
  }

  private static BackupContents contents(ZipFile zip) throws IOException {
    try (InputStream in = checked(zip, BackupContents.NAME)) {
      return BackupContents.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private void load(ZipFile zip, BackupContents contents) throws SQLException, IOException {
    try (Connection connection = ApplicationDatabase.connect(database.superuser(port, FRESH));
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      // Whole tables of one snapshot: the references hold when all are there, not before.
      statement.execute("set local session_replication_role = replica");
      requireSameTables(new Schema(connection).tables(), contents.tables());
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      for (BackupContents.Table table : contents.tables()) {
        statement.execute("delete from " + BackupContents.quoted(table.name()));
        try (InputStream in = checked(zip, table.entry())) {
          long rows = copy.copyIn("copy " + table.forCopy() + " from stdin", in);
          if (rows != table.rows()) {
            throw new ZipException(
                table.name() + " has " + rows + " rows instead of " + table.rows());
          }
        }
      }
      try (PreparedStatement set = connection.prepareStatement("select setval(?::regclass, ?)")) {
        for (BackupContents.Sequence sequence : contents.sequences()) {
          set.setString(1, BackupContents.quoted(sequence.name()));
          set.setLong(2, sequence.last());
          set.execute();
        }
      }
      connection.commit();
    }
  }

  private static void requireSameTables(
      List<BackupContents.Table> expected, List<BackupContents.Table> found) {
    if (!new HashSet<>(names(expected)).equals(new HashSet<>(names(found)))) {
      throw new IllegalArgumentException(
          "its tables are " + names(found) + " instead of " + names(expected));
    }
  }

  private static List<String> names(List<BackupContents.Table> tables) {
    return tables.stream().map(BackupContents.Table::name).toList();
  }

  private void changePlaces() throws SQLException {
    try (Connection connection = ApplicationDatabase.connect(database.superuser(port, "postgres"));
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("alter database " + ApplicationDatabase.NAME + " rename to " + OLD);
      statement.execute("alter database " + FRESH + " rename to " + ApplicationDatabase.NAME);
      connection.commit();
    }
    try {
      onServer("drop database " + OLD + " with (force)");
    } catch (SQLException e) {
      log.warn("The data from before the restore still take up room: {}", e.getMessage());
    }
  }

  private void onServer(String... statements) throws SQLException {
    try (Connection connection = ApplicationDatabase.connect(database.superuser(port, "postgres"));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** An entry whose end is an error when its bytes are not those that were written. */
  private static InputStream checked(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new ZipException(name + " is missing");
    }
    CheckedInputStream counted = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
    return new FilterInputStream(counted) {
      @Override
      public int read() throws IOException {
        return atEnd(counted.read());
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return atEnd(counted.read(bytes, offset, length));
      }

      private int atEnd(int read) throws IOException {
        if (read < 0 && counted.getChecksum().getValue() != entry.getCrc()) {
          throw new ZipException(name + " is damaged");
        }
        return read;
      }
    };
  }
}
