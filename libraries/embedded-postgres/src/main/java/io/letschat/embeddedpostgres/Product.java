package io.letschat.embeddedpostgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The program that an embedded PostgreSQL belongs to, as the sentences for its users name it. It
 * must stay the same for a data folder: the database and the first line of a backup bear its names.
 *
 * @param name such as {@code Guestbook}
 * @param command how its users call it on the command line, such as {@code ./guestbook}
 * @param database the name of the database, and of the role that owns it: lower case letters,
 *     digits and underscores, 48 characters at most
 * @param dataDirSetting the setting that chooses the data folder, such as {@code DATA_DIR}
 * @param databaseUrlSetting the setting that chooses a PostgreSQL of the user's own, such as {@code
 *     DATABASE_URL}
 */
public record Product(
    String name,
    String command,
    String database,
    String dataDirSetting,
    String databaseUrlSetting) {
  /** What needs no quotes in SQL; a restore appends 15 characters of the 63 that a name has. */
  private static final Pattern IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_]{0,47}");

  /**
   * @throws IllegalArgumentException when {@code database} is no such name
   */
  public Product {
    if (!IDENTIFIER.matcher(database).matches()) {
      throw new IllegalArgumentException("not a name for a database: " + database);
    }
  }

  /** The sentence for a file operation that failed below {@code where}. */
  PostgresUnavailable failure(String whatWasTried, Path where, IOException e) {
    if (PostgresUnavailable.saysDiskFull(e.getMessage())) {
      return diskFull(where, e);
    }
    return new PostgresUnavailable(
        "Cannot "
            + whatWasTried
            + " for the embedded PostgreSQL ("
            + e
            + "). Set "
            + dataDirSetting
            + " to a folder that this user can write to.",
        e);
  }

  PostgresUnavailable diskFull(Path where, @Nullable Throwable cause) {
    return new PostgresUnavailable(
        "The disk that holds "
            + where
            + " is full. Free some space there, or set "
            + dataDirSetting
            + " to a folder on another disk, and start again; what was confirmed before is kept.",
        cause);
  }
}
