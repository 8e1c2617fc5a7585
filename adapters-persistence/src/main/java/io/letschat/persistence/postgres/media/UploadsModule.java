package io.letschat.persistence.postgres.media;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.media.Uploads;
import io.letschat.persistence.postgres.Database;

/** Binds {@link Uploads}; needs a {@link Database}. */
public final class UploadsModule extends AbstractModule {
  @Provides
  @Singleton
  Uploads uploads(Database database) {
    return new PostgresUploads(database.jdbi());
  }
}
