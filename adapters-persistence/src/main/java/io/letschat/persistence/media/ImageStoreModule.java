package io.letschat.persistence.media;

import com.google.inject.AbstractModule;
import io.letschat.persistence.media.cloudinary.CloudinaryAccount;
import io.letschat.persistence.media.cloudinary.CloudinaryModule;
import io.letschat.persistence.media.disk.DiskFilesModule;
import io.letschat.persistence.media.image.ImagesModule;
import java.nio.file.Path;
import java.util.Optional;

/** Shared files: binds {@code Images}, {@code FileStore} and {@code LocalFiles}. */
public final class ImageStoreModule extends AbstractModule {
  private final Path folder;
  private final Optional<CloudinaryAccount> cloudinary;

  /**
   * @param folder where files are stored on this machine; made when it is needed
   * @param cloudinary where new files are stored instead
   */
  public ImageStoreModule(Path folder, Optional<CloudinaryAccount> cloudinary) {
    this.folder = folder;
    this.cloudinary = cloudinary;
  }

  @Override
  protected void configure() {
    install(new ImagesModule());
    install(new DiskFilesModule(folder, cloudinary.isEmpty()));
    cloudinary.ifPresent(account -> install(new CloudinaryModule(account)));
  }
}
