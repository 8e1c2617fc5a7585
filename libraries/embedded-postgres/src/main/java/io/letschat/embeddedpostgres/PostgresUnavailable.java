package io.letschat.embeddedpostgres;

import org.jspecify.annotations.Nullable;

/**
 * What was asked of the embedded PostgreSQL cannot be done. The message is a sentence for the
 * person who runs the program: what is wrong and what to do.
 */
public final class PostgresUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PostgresUnavailable(String sentence) {
    this(sentence, null);
  }

  public PostgresUnavailable(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }

  /** Whether a message of the system or of PostgreSQL says that the disk is full. */
  public static boolean saysDiskFull(@Nullable String message) {
    return message != null
        && (message.contains("No space left on device") || message.contains("Disk quota exceeded"));
  }
}
