package io.letschat.embeddedpostgres.backup;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.letschat.embeddedpostgres.PostgresAddress;
import io.letschat.embeddedpostgres.PostgresUnavailable;
import io.letschat.embeddedpostgres.Product;
import io.letschat.embeddedpostgres.files.DurableFiles;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Writes all that a database holds at one moment to one file: a ZIP archive with each table in
 * PostgreSQL's text form, and last {@link BackupContents}. Work may go on meanwhile.
 */
public final class Backup {
  private final Product product;
  private final PostgresAddress database;
  private final SchemaMigrator migrator;

  public Backup(Product product, PostgresAddress database, SchemaMigrator migrator) {
    this.product = product;
    this.database = database;
    this.migrator = migrator;
  }

  /**
   * The file appears when it is complete, readable by its owner alone.
   *
   * @throws PostgresUnavailable with a sentence for the user, when it could not be written
   */
  public BackupContents writeTo(Path file) {
    if (Files.exists(file)) {
      throw new PostgresUnavailable(file + " is there already; name a new file.");
    }
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try {
      Files.deleteIfExists(partial);
      var ownerOnly =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      BackupContents contents;
      try (FileChannel channel = FileChannel.open(partial, Set.of(CREATE_NEW, WRITE), ownerOnly);
          ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(channel))) {
        contents = write(zip);
        zip.finish();
        channel.force(true);
      }
      DurableFiles.moveForGood(partial, file);
      return contents;
    } catch (IOException | SQLException e) {
      throw failed(file, e);
    } finally {
      deleteQuietly(partial);
    }
  }

  private BackupContents write(ZipOutputStream zip) throws IOException, SQLException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      Schema schema = new Schema(connection, migrator.historyTable());
      String version = migrator.version(connection).orElseThrow(this::neverUsed);
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      List<BackupContents.Table> tables = new ArrayList<>();
      for (BackupContents.Table table : schema.tables()) {
        zip.putNextEntry(new ZipEntry(table.entry()));
        long rows = copy.copyOut("copy " + table.forCopy() + " to stdout", unclosable(zip));
        zip.closeEntry();
        tables.add(new BackupContents.Table(table.name(), rows, table.columns()));
      }
      BackupContents contents = new BackupContents(version, tables, schema.sequences());
      zip.putNextEntry(new ZipEntry(BackupContents.NAME));
      zip.write(contents.text(product).getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
      return contents;
    }
  }

  private PostgresUnavailable neverUsed() {
    return new PostgresUnavailable(
        "There is nothing to back up: " + product.name() + " has never run on this database.");
  }

  private static OutputStream unclosable(ZipOutputStream zip) {
    return new FilterOutputStream(zip) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
      }

      @Override
      public void close() {
        // The next table follows.
      }
    };
  }

  private static PostgresUnavailable failed(Path file, Exception e) {
    return PostgresUnavailable.saysDiskFull(e.getMessage())
        ? new PostgresUnavailable(
            "The disk that should hold " + file + " is full; nothing was written.", e)
        : new PostgresUnavailable(
            "The backup could not be written to " + file + " (" + e + ").", e);
  }

  private static void deleteQuietly(Path partial) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      // What led here matters more, and the next backup to this file removes it.
    }
  }
}
