package io.letschat.persistence.postgres.media;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.media.Avatars;
import io.letschat.application.media.Uploads;
import io.letschat.persistence.postgres.Database;

/** Binds {@link Uploads} and {@link Avatars}; needs a {@link Database}. */
public final class PostgresMediaModule extends AbstractModule {
  @Provides
  @Singleton
  Uploads uploads(Database database) {
    return new PostgresUploads(database.handles());
  }

  @Provides
  @Singleton
  Avatars avatars(Database database) {
    return new PostgresAvatars(database.handles());
  }
}
