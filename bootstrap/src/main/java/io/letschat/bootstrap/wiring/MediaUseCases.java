package io.letschat.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.delivery.MessagePublisher;
import io.letschat.application.limit.RateLimiter;
import io.letschat.application.media.Avatars;
import io.letschat.application.media.ChangeAvatar;
import io.letschat.application.media.FileStore;
import io.letschat.application.media.Images;
import io.letschat.application.media.LocalFiles;
import io.letschat.application.media.OpenFile;
import io.letschat.application.media.OrphanedUploadCleanup;
import io.letschat.application.media.ShareFile;
import io.letschat.application.media.TempFolders;
import io.letschat.application.media.Uploads;
import io.letschat.application.room.RoomAccess;
import io.letschat.bootstrap.settings.Settings;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Files that are shared, and pictures of people. */
final class MediaUseCases extends AbstractModule {
  private final Settings settings;

  MediaUseCases(Settings settings) {
    this.settings = settings;
  }

  @Provides
  @Singleton
  TempFolders tempFolders() {
    return new TempFolders(settings.dataDir().resolve("tmp"));
  }

  @Provides
  ShareFile shareFile(
      RoomAccess access,
      RateLimiter limiter,
      Images images,
      FileStore store,
      Uploads uploads,
      MessagePublisher messagePublisher,
      SecureRandom random,
      InstantSource clock) {
    return new ShareFile(access, limiter, images, store, uploads, messagePublisher, random, clock);
  }

  @Provides
  OpenFile openFile(RoomAccess access, Uploads uploads, LocalFiles files) {
    return new OpenFile(access, uploads, files);
  }

  @Provides
  ChangeAvatar changeAvatar(
      RateLimiter limiter,
      Images images,
      Avatars avatars,
      SecureRandom random,
      InstantSource clock) {
    return new ChangeAvatar(limiter, images, avatars, random, clock);
  }

  @Provides
  OrphanedUploadCleanup orphanedUploadCleanup(
      Uploads uploads, FileStore store, TempFolders tempFolders, InstantSource clock) {
    return new OrphanedUploadCleanup(uploads, store, tempFolders, clock);
  }
}
