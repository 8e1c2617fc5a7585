package io.letschat.persistence.postgres.migration;

/**
 * The database cannot be used, or not as it is, and was not changed. The message is a sentence for
 * the person who runs the program: what is wrong and what to do.
 */
public final class DatabaseRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseRefused(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  DatabaseRefused(String sentence) {
    super(sentence);
  }
}
