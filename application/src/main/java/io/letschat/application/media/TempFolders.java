package io.letschat.application.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/** Where uploads lie while they are worked on. What a killed program left is swept up later. */
public final class TempFolders {
  private static final String PREFIX = "upload-";

  private final Path folder;

  /**
   * @param folder is made when it is needed; readable by the owner alone
   */
  public TempFolders(Path folder) {
    this.folder = folder;
  }

  /**
   * @throws TempFolderUnavailable if it cannot be made, as on a full disk
   */
  public TempFolder open() {
    try {
      Files.createDirectories(folder);
      return new TempFolder(Files.createTempDirectory(folder, PREFIX));
    } catch (IOException e) {
      throw new TempFolderUnavailable(e);
    }
  }

  /** Removes what was begun before that time. */
  public void sweep(Instant before) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var all = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path each : all) {
        if (Files.getLastModifiedTime(each).toInstant().isBefore(before)) {
          TempFolder.remove(each);
        }
      }
    } catch (NoSuchFileException e) {
      // Its upload has just ended.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
