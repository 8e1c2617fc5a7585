package io.letschat.application.media;

import io.letschat.domain.media.FileKey;
import io.letschat.domain.media.FileKind;
import java.util.Optional;

/** Where shared files are kept for good. */
public interface FileStore {
  /** Stores a file, and its thumbnail where there is one. */
  Placing place(FileKey key, Rendition full, Optional<Rendition> thumbnail);

  /**
   * Removes what {@link #place} stored under the key, all of it or what there is.
   *
   * @param kind of the file
   * @return false if that could not be done, or is not certain
   */
  boolean remove(FileKey key, FileKind kind);

  /** What became of a {@link #place}. */
  sealed interface Placing {}

  /**
   * @param url where browsers find it: a path of ours, or an address elsewhere
   */
  record Placed(String url, Optional<String> thumbnailUrl) implements Placing {}

  /**
   * @param nothingKept false if it is not known what is stored now
   */
  record Unavailable(boolean nothingKept) implements Placing {}
}
