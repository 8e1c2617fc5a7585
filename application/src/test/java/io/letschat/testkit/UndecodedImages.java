package io.letschat.testkit;

import io.letschat.application.media.Images;
import io.letschat.application.media.Rendition;
import io.letschat.application.media.TempFolder;
import io.letschat.domain.media.Dimensions;
import io.letschat.domain.media.FileKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@link Images} that looks into none: an image is as large as was told, 4 by 3 at first, and is
 * shared as it came.
 */
public final class UndecodedImages implements Images {
  private volatile Dimensions size = new Dimensions(4, 3);

  public void find(Dimensions found) {
    size = found;
  }

  @Override
  public Processing forSharing(Path image, FileKind kind, TempFolder tempFolder) {
    try {
      Path copy = Files.copy(image, tempFolder.newFile());
      return new Processed(new Rendition(copy, kind, Optional.of(size)), Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Processing portrait(Path image, FileKind kind, TempFolder tempFolder) {
    return forSharing(image, kind, tempFolder);
  }
}
