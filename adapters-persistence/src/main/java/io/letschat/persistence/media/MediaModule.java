package io.letschat.persistence.media;

import com.google.inject.AbstractModule;
import io.letschat.persistence.media.disk.DiskFilesModule;
import io.letschat.persistence.media.image.ImagesModule;
import java.nio.file.Path;

/** Shared files: binds {@code Images}, {@code FileStore} and {@code LocalFiles}. */
public final class MediaModule extends AbstractModule {
  private final Path folder;

  /**
   * @param folder where files are stored on this machine; made when it is needed
   */
  public MediaModule(Path folder) {
    this.folder = folder;
  }

  @Override
  protected void configure() {
    install(new ImagesModule());
    install(new DiskFilesModule(folder, true));
  }
}
