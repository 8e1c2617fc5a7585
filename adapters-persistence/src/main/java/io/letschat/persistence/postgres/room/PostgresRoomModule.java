package io.letschat.persistence.postgres.room;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.room.Memberships;
import io.letschat.application.room.Rooms;
import io.letschat.persistence.postgres.Database;

/** Binds {@link Rooms} and {@link Memberships}; needs a {@link Database}. */
public final class PostgresRoomModule extends AbstractModule {
  @Provides
  @Singleton
  Rooms rooms(Database database) {
    return new PostgresRooms(database.handles());
  }

  @Provides
  @Singleton
  Memberships memberships(Database database) {
    return new PostgresMemberships(database.handles());
  }
}
