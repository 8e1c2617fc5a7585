package io.letschat.application.media;

import io.letschat.domain.media.ObjectName;
import java.io.InputStream;
import java.util.Optional;

/** Shared files that we serve ourselves. */
public interface LocalFiles {
  Optional<Content> open(ObjectName name);

  /**
   * @param in to be closed by the caller
   */
  record Content(InputStream in, long length) {}
}
