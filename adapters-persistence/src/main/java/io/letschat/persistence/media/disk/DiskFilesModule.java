package io.letschat.persistence.media.disk;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.media.FileStore;
import io.letschat.application.media.LocalFiles;
import java.nio.file.Path;

/**
 * Binds {@link LocalFiles}, and {@link FileStore} unless files are stored elsewhere now: what was
 * stored here before is served all the same.
 */
public final class DiskFilesModule extends AbstractModule {
  private static final String SERVED_AT = "/uploads/";

  private final Path folder;
  private final boolean storesNewFiles;

  /**
   * @param folder is made when it is needed
   */
  public DiskFilesModule(Path folder, boolean storesNewFiles) {
    this.folder = folder;
    this.storesNewFiles = storesNewFiles;
  }

  @Override
  protected void configure() {
    if (storesNewFiles) {
      bind(FileStore.class).to(DiskFiles.class);
    }
    bind(LocalFiles.class).to(DiskFiles.class);
  }

  @Provides
  @Singleton
  DiskFiles diskFiles() {
    return new DiskFiles(folder, SERVED_AT);
  }
}
