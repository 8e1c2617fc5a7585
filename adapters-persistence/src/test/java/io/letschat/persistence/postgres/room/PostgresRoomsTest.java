package io.letschat.persistence.postgres.room;

import io.letschat.persistence.postgres.TestDatabase;
import io.letschat.testkit.RoomsContract;
import io.letschat.testkit.Stores;
import org.junit.jupiter.api.AfterAll;

class PostgresRoomsTest extends RoomsContract {
  private static final TestDatabase DATABASE = TestDatabase.fresh();

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Override
  protected Stores stores() {
    return DATABASE.stores();
  }
}
