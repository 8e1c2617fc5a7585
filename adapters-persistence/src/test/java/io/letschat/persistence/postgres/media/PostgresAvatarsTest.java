package io.letschat.persistence.postgres.media;

import io.letschat.application.media.Avatars;
import io.letschat.persistence.postgres.TestDatabase;
import io.letschat.testkit.AvatarsContract;
import io.letschat.testkit.Stores;
import org.junit.jupiter.api.AfterAll;

class PostgresAvatarsTest extends AvatarsContract {
  private static final TestDatabase DATABASE = TestDatabase.fresh();

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Override
  protected Stores stores() {
    return DATABASE.stores();
  }

  @Override
  protected Avatars avatars() {
    return new PostgresAvatars(DATABASE.database().handles());
  }
}
