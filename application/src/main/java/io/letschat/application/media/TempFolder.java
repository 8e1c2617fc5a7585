package io.letschat.application.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A folder of temporary files for one upload; closing it removes them all. */
public final class TempFolder implements AutoCloseable {
  private static final Logger log = System.getLogger(TempFolder.class.getName());

  private final Path folder;
  private final AtomicInteger files = new AtomicInteger();

  TempFolder(Path folder) {
    this.folder = folder;
  }

  public Path folder() {
    return folder;
  }

  /** A name that no file has yet. */
  public Path newFile() {
    return folder.resolve("file-" + files.incrementAndGet());
  }

  @Override
  public void close() {
    try {
      remove(folder);
    } catch (IOException | UncheckedIOException e) {
      // It is swept up later.
      log.log(Level.WARNING, "temporary files could not be removed", e);
    }
  }

  static void remove(Path folder) throws IOException {
    try (var all = Files.list(folder)) {
      for (Path file : all.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
