package io.letschat.testkit;

import io.letschat.application.media.FileStore;
import io.letschat.application.media.LocalFiles;
import io.letschat.application.media.Rendition;
import io.letschat.domain.media.FileKey;
import io.letschat.domain.media.FileKind;
import io.letschat.domain.media.ObjectName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** {@link FileStore} and {@link LocalFiles} in memory. Can be told to fail. */
public final class InMemoryFileStore implements FileStore, LocalFiles {
  /** How it fails. */
  public enum Trouble {
    NONE,
    /** Nothing is stored, and that is certain. */
    REFUSES,
    /** What was sent is stored, but nobody hears of it. */
    LOSES_ANSWERS,
    /** As before, and nothing can be removed either. */
    UNREACHABLE
  }

  private final Map<ObjectName, byte[]> files = new ConcurrentHashMap<>();
  private volatile Trouble trouble = Trouble.NONE;

  public void suffer(Trouble trouble) {
    this.trouble = trouble;
  }

  @Override
  public Placing place(FileKey key, Rendition full, Optional<Rendition> thumbnail) {
    if (trouble == Trouble.REFUSES) {
      return new Unavailable(true);
    }
    ObjectName name = keep(ObjectName.of(key, full.kind()), full);
    Optional<String> small =
        thumbnail.map(rendition ->
            "/uploads/" + keep(ObjectName.thumbnailOf(key, rendition.kind()), rendition));
    return trouble == Trouble.NONE ? new Placed("/uploads/" + name, small) : new Unavailable(false);
  }

  private ObjectName keep(ObjectName name, Rendition rendition) {
    try {
      files.put(name, Files.readAllBytes(rendition.file()));
      return name;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean remove(FileKey key, FileKind kind) {
    if (trouble == Trouble.UNREACHABLE) {
      return false;
    }
    files.keySet().removeIf(name -> name.key().equals(key));
    return true;
  }

  @Override
  public Optional<Content> open(ObjectName name) {
    return Optional.ofNullable(files.get(name))
        .map(bytes -> new Content(new ByteArrayInputStream(bytes), bytes.length));
  }

  public Set<ObjectName> names() {
    return Set.copyOf(files.keySet());
  }
}
