package io.letschat.bootstrap;

import io.letschat.bootstrap.settings.Misspelt;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the words on the command line ask for. */
sealed interface CommandLine {
  String HELP =
      """
      LetsChat, a chat server.

        ./letschat                      runs the chat
        ./letschat dev                  runs it with templates, styles and scripts as they are saved
        ./letschat migrate              brings the database to the version of this program
        ./letschat migrate rollback     takes the last migration back, after a question; --yes answers it
        ./letschat migrate create NAME  writes the files of a new migration
        ./letschat backup FILE          writes all that the embedded database holds to a new file
        ./letschat restore FILE         replaces it by what such a file holds
        ./letschat version              says which LetsChat this is
        ./letschat help                 says this

      Settings come from the environment and from .env; .env.example lists them.\
      """;

  record Serve() implements CommandLine {}

  record Dev() implements CommandLine {}

  record Migrate() implements CommandLine {}

  /**
   * @param yes nobody is to be asked
   */
  record Rollback(boolean yes) implements CommandLine {}

  record Create(String name) implements CommandLine {}

  record Backup(Path file) implements CommandLine {}

  record Restore(Path file) implements CommandLine {}

  record Version() implements CommandLine {}

  record Help() implements CommandLine {}

  /** They ask for nothing; the message is a sentence that says what could be meant. */
  final class UsageError extends Exception {
    private static final long serialVersionUID = 1L;

    UsageError(String sentence) {
      super(sentence);
    }
  }

  static CommandLine parse(List<String> words) throws UsageError {
    if (words.isEmpty()) {
      return new Serve();
    }
    List<String> rest = words.subList(1, words.size());
    return switch (words.getFirst()) {
      case "dev" -> alone(new Dev(), words);
      case "migrate" -> migrate(words);
      case "backup" -> new Backup(file(words, "the file that is to be written"));
      case "restore" -> new Restore(file(words, "the file of a backup"));
      case "version", "--version" -> alone(new Version(), words);
      case "help", "--help", "-h" -> new Help();
      default -> throw unknown(words.getFirst(), rest);
    };
  }

  private static CommandLine migrate(List<String> words) throws UsageError {
    if (words.size() == 1) {
      return new Migrate();
    }
    List<String> rest = words.subList(2, words.size());
    return switch (words.get(1)) {
      case "rollback" -> {
        if (rest.isEmpty() || rest.equals(List.of("--yes"))) {
          yield new Rollback(!rest.isEmpty());
        }
        throw new UsageError("migrate rollback takes no other word than --yes.");
      }
      case "create" -> {
        if (rest.isEmpty()) {
          throw new UsageError(
              "migrate create needs a name for the migration, such as: ./letschat migrate create"
                  + " add_room_topics");
        }
        yield new Create(String.join(" ", rest));
      }
      default ->
          throw new UsageError(
              "migrate has no '"
                  + words.get(1)
                  + "': there are migrate, migrate rollback and migrate create NAME.");
    };
  }

  private static Path file(List<String> words, String what) throws UsageError {
    String command = words.getFirst();
    if (words.size() == 2 && !words.get(1).isBlank()) {
      try {
        return Path.of(words.get(1));
      } catch (InvalidPathException e) {
        throw new UsageError("'" + words.get(1) + "' cannot be the name of a file.");
      }
    }
    throw new UsageError(
        words.size() > 2
            ? command + " takes one file; a name with spaces in it belongs into quotation marks."
            : command + " needs " + what + ", such as: ./letschat " + command + " chat.zip");
  }

  private static CommandLine alone(CommandLine command, List<String> words) throws UsageError {
    if (words.size() == 1) {
      return command;
    }
    throw new UsageError(words.getFirst() + " takes no other words.");
  }

  private static UsageError unknown(String word, List<String> rest) {
    List<String> commands = List.of("dev", "migrate", "backup", "restore", "version", "help");
    Optional<String> meant =
        commands.stream().filter(each -> Misspelt.slips(word, each) <= 2).findFirst();
    return new UsageError(
        "There is no command '"
            + word
            + "'"
            + meant
                .map(each ->
                    "; did you mean: ./letschat "
                        + each
                        + (rest.isEmpty() ? "" : " " + String.join(" ", rest))
                        + " ?")
                .orElse(".\n\n" + HELP));
  }
}
