package io.letschat.persistence.postgres.embedded;

import io.letschat.embeddedpostgres.EmbeddedPostgres;
import io.letschat.embeddedpostgres.PostgresUnavailable;
import io.letschat.embeddedpostgres.Product;
import io.letschat.embeddedpostgres.backup.Backups;
import java.nio.file.Path;

/** The embedded PostgreSQL under the names that existing data folders and backups bear. */
public final class EmbeddedDatabase {
  static final Product LETSCHAT =
      new Product("LetsChat", "./letschat", "letschat", "DATA_DIR", "DATABASE_URL");

  private static final Backups BACKUPS = new Backups(LETSCHAT, new FlywayMigrator());

  private EmbeddedDatabase() {}

  /**
   * Starts on the data of {@code dataDir}, which is made when it is missing.
   *
   * @throws PostgresUnavailable when that is not possible, with a sentence for the user
   */
  public static EmbeddedPostgres start(Path dataDir) {
    return EmbeddedPostgres.start(LETSCHAT, dataDir);
  }

  /**
   * Writes all that is kept to {@code file}, as of one moment; a LetsChat that runs on the folder
   * goes on meanwhile.
   *
   * @return how many rows were written
   * @throws PostgresUnavailable with a sentence for the user; {@code file} is not there then
   */
  public static long backup(Path dataDir, Path file) {
    return BACKUPS.backup(dataDir, file);
  }

  /**
   * Replaces all that is kept by what {@code file} holds, and brings it to this program's schema.
   * Every room gets a new epoch.
   *
   * @return how many rows were read
   * @throws PostgresUnavailable with a sentence for the user; nothing was changed then
   */
  public static long restore(Path dataDir, Path file) {
    return BACKUPS.restore(dataDir, file);
  }
}
