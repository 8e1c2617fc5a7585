package io.letschat.embeddedpostgres.backup;

import io.letschat.embeddedpostgres.EmbeddedPostgres;
import io.letschat.embeddedpostgres.PostgresAddress;
import io.letschat.embeddedpostgres.PostgresUnavailable;
import io.letschat.embeddedpostgres.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The commands {@code backup} and {@code restore} for the embedded PostgreSQL of a data folder. */
public final class Backups {
  private final Product product;
  private final SchemaMigrator migrator;

  public Backups(Product product, SchemaMigrator migrator) {
    this.product = product;
    this.migrator = migrator;
  }

  /**
   * Writes all that is kept to {@code file}, as of one moment. A program that runs on the folder
   * goes on meanwhile; where none runs, PostgreSQL is started for it and stopped again.
   *
   * @return how many rows were written
   * @throws PostgresUnavailable with a sentence for the user; {@code file} is not there then
   */
  public long backup(Path dataDir, Path file) {
    if (!Files.isDirectory(dataDir.resolve("postgres"))) {
      throw new PostgresUnavailable(
          "There is nothing to back up: " + dataDir + " holds no database.");
    }
    Optional<PostgresAddress> running = EmbeddedPostgres.running(product, dataDir);
    if (running.isPresent()) {
      return write(running.get(), file);
    }
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(product, dataDir)) {
      return write(postgres.address(), file);
    }
  }

  /**
   * Replaces all that is kept by what {@code file} holds, and brings it to this program's schema.
   *
   * @return how many rows were read
   * @throws PostgresUnavailable with a sentence for the user; nothing was changed then
   */
  public long restore(Path dataDir, Path file) {
    if (!Files.isReadable(file)) {
      throw new PostgresUnavailable("There is no file " + file + " that can be read.");
    }
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(product, dataDir)) {
      return new Restore(postgres, migrator).from(file).rows();
    }
  }

  private long write(PostgresAddress database, Path file) {
    return new Backup(product, database, migrator).writeTo(file).rows();
  }
}
