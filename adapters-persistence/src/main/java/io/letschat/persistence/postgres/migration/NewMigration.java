package io.letschat.persistence.postgres.migration;

import static java.nio.file.StandardOpenOption.CREATE_NEW;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An empty pair of scripts with the next number, for the developer to fill in.
 *
 * @param script what will be applied
 * @param undo what takes it back
 */
public record NewMigration(Path script, Path undo) {
  private static final Pattern NUMBERED = Pattern.compile("V(\\d+)__.*\\.sql");

  /**
   * Writes the pair.
   *
   * @param scripts the folder that holds {@code migration} and {@code undo}, {@code
   *     adapters-persistence/src/main/resources/db} in the repository
   * @param name in words, such as {@code add room topics}
   * @throws MigrationRefused when the name has no letter or digit, or the folder is not there
   */
  public static NewMigration create(Path scripts, String name) {
    String words =
        name.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
    if (words.isEmpty()) {
      throw new MigrationRefused(
          "A migration needs a name of letters and digits, such as add_room_topics.");
    }
    Path migrations = scripts.resolve("migration");
    if (!Files.isDirectory(migrations)) {
      throw new MigrationRefused(
          "There is no folder " + migrations + "; run this in a checkout of LetsChat's sources.");
    }
    try {
      int number = 1 + lastNumber(migrations);
      Path script = migrations.resolve("V" + number + "__" + words + ".sql");
      Path undo = scripts.resolve("undo/U" + number + "__" + words + ".sql");
      Files.createDirectories(scripts.resolve("undo"));
      Files.writeString(script, "-- " + name.strip() + "\n", CREATE_NEW);
      Files.writeString(undo, "-- takes back V" + number + "__" + words + "\n", CREATE_NEW);
      return new NewMigration(script, undo);
    } catch (FileAlreadyExistsException e) {
      throw new MigrationRefused(e.getFile() + " is there already.", e);
    } catch (IOException e) {
      throw new MigrationRefused("The migration could not be written (" + e + ").", e);
    }
  }

  private static int lastNumber(Path migrations) throws IOException {
    try (Stream<Path> files = Files.list(migrations)) {
      return files
          .map(file -> NUMBERED.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
          .max()
          .orElse(0);
    }
  }
}
