package io.letschat.embeddedpostgres.backup;

import io.letschat.embeddedpostgres.EmbeddedPostgres;
import io.letschat.embeddedpostgres.PostgresAddress;
import io.letschat.embeddedpostgres.PostgresUnavailable;
import io.letschat.embeddedpostgres.Product;
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
public final class Restore {
  private static final Logger log = LoggerFactory.getLogger(Restore.class);

  private final EmbeddedPostgres postgres;
  private final SchemaMigrator migrator;
  private final Product product;
  private final String current;
  private final String fresh;
  private final String old;

  public Restore(EmbeddedPostgres postgres, SchemaMigrator migrator) {
    this.postgres = postgres;
    this.migrator = migrator;
    this.product = postgres.product();
    this.current = product.database();
    this.fresh = current + "_restore";
    this.old = current + "_before_restore";
  }

  /**
   * Replaces all that the database holds.
   *
   * @throws PostgresUnavailable with a sentence for the user; nothing was changed then
   */
  public BackupContents from(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      BackupContents contents = contents(zip);
      onServer(
          "drop database if exists " + fresh + " with (force)",
          "drop database if exists " + old + " with (force)",
          "create database " + fresh + " owner " + product.database());
      PostgresAddress restored = postgres.address(fresh);
      if (!migrator.knows(restored, contents.migration())) {
        throw new PostgresUnavailable(
            file
                + " is of a newer "
                + product.name()
                + " (its schema is version "
                + contents.migration()
                + "), which this one does not know. Restore it with the newer one.");
      }
      migrator.migrateTo(restored, contents.migration());
      load(zip, contents);
      migrator.complete(restored, postgres.address());
      changePlaces();
      return contents;
    } catch (ZipException | IllegalArgumentException e) {
      throw new PostgresUnavailable(
          file
              + " is no backup of "
              + product.name()
              + ", or not a whole one ("
              + e.getMessage()
              + "); nothing was changed.",
          e);
    } catch (SchemaMigrator.MigrationFailed | IOException | SQLException e) {
      throw PostgresUnavailable.saysDiskFull(e.getMessage())
          ? new PostgresUnavailable(
              "The disk of "
                  + product.dataDirSetting()
                  + " has no room for the backup; nothing was changed.",
              e)
          : new PostgresUnavailable(
              file + " could not be restored (" + e.getMessage() + "); nothing was changed.", e);
    }
  }

  private BackupContents contents(ZipFile zip) throws IOException {
    try (InputStream in = checked(zip, BackupContents.NAME)) {
      return BackupContents.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), product);
    }
  }

  private void load(ZipFile zip, BackupContents contents) throws SQLException, IOException {
    try (Connection connection = postgres.superuser(fresh).connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      // Whole tables of one snapshot: the references hold when all are there, not before.
      statement.execute("set local session_replication_role = replica");
      requireSameTables(
          new Schema(connection, migrator.historyTable()).tables(), contents.tables());
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
    try (Connection connection = postgres.superuser("postgres").connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("alter database " + current + " rename to " + old);
      statement.execute("alter database " + fresh + " rename to " + current);
      connection.commit();
    }
    try {
      onServer("drop database " + old + " with (force)");
    } catch (SQLException e) {
      log.warn("The data from before the restore still take up room: {}", e.getMessage());
    }
  }

  private void onServer(String... statements) throws SQLException {
    try (Connection connection = postgres.superuser("postgres").connect();
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
