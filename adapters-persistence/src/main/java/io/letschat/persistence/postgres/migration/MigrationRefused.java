package io.letschat.persistence.postgres.migration;

/**
 * The schema cannot be brought to the wanted version, and was not changed. The message is a
 * sentence for the person who runs the program.
 */
public final class MigrationRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MigrationRefused(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  MigrationRefused(String sentence) {
    super(sentence);
  }
}
