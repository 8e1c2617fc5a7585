package io.letschat.embeddedpostgres.backup;

import io.letschat.embeddedpostgres.PostgresAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The commands {@code backup} and {@code restore} for the embedded PostgreSQL of a data folder. */
public final class Backups {
  private Backups() {}

  /**
   * Writes all that is kept to {@code file}, as of one moment. A LetsChat that runs on the folder
   * goes on meanwhile; where none runs, PostgreSQL is started for it and stopped again.
   *
   * @return how many rows were written
   * @throws PostgresUnavailable with a sentence for the user; {@code file} is not there then
   */
  public static long backup(Path dataDir, Path file) {
    if (!Files.isDirectory(dataDir.resolve("postgres"))) {
      throw new PostgresUnavailable(
          "There is nothing to back up: " + dataDir + " holds no database.");
    }
    Optional<PostgresAddress> running = EmbeddedPostgres.running(dataDir);
    if (running.isPresent()) {
      return rows(new Backup(running.get()).writeTo(file));
    }
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir)) {
      return rows(new Backup(postgres.address()).writeTo(file));
    }
  }

  /**
   * Replaces all that is kept by what {@code file} holds, and brings it to this program's schema.
   * Every room gets a new epoch.
   *
   * @return how many rows were read
   * @throws PostgresUnavailable with a sentence for the user; nothing was changed then
   */
  public static long restore(Path dataDir, Path file) {
    if (!Files.isReadable(file)) {
      throw new PostgresUnavailable("There is no file " + file + " that can be read.");
    }
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir)) {
      return rows(postgres.restore(file));
    }
  }

  private static long rows(BackupContents contents) {
    return contents.tables().stream().mapToLong(BackupContents.Table::rows).sum();
  }
}
