package io.letschat.application.media;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The folder in which uploads are worked on cannot be written to or read: its disk is full, say.
 * Nobody who uploads can help it; it needs a person who looks at the server.
 */
public final class TempFolderUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param cause what failed
   */
  public TempFolderUnavailable(Throwable cause) {
    super("the folder for temporary files cannot be used: " + cause, cause);
  }

  /**
   * This exception, if a file is what failed. A failed write has neither a class nor a message of
   * its own, and would be taken for a client that has gone.
   */
  public static Optional<TempFolderUnavailable> dueTo(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof TempFolderUnavailable known) {
        return Optional.of(known);
      }
      if (at instanceof FileSystemException || (at instanceof IOException && isOfAFile(at))) {
        return Optional.of(new TempFolderUnavailable(at));
      }
    }
    return Optional.empty();
  }

  private static boolean isOfAFile(Throwable failure) {
    return Arrays.stream(failure.getStackTrace())
        .map(StackTraceElement::getClassName)
        .anyMatch(name ->
            name.startsWith("sun.nio.ch.FileChannelImpl")
                || name.startsWith("java.io.RandomAccessFile")
                || name.startsWith("java.io.FileOutputStream"));
  }
}
