package io.letschat.persistence.media.image;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.media.Images;
import javax.imageio.ImageIO;

/** Binds {@link Images}. */
public final class ImagesModule extends AbstractModule {
  @Provides
  @Singleton
  Images images() {
    // Nothing is cached in files that nobody would remove.
    ImageIO.setUseCache(false);
    return new ImageIoProcessor();
  }
}
