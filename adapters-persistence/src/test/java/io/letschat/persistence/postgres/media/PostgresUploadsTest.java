package io.letschat.persistence.postgres.media;

import io.letschat.persistence.postgres.TestDatabase;
import io.letschat.testkit.Stores;
import io.letschat.testkit.UploadsContract;
import org.junit.jupiter.api.AfterAll;

class PostgresUploadsTest extends UploadsContract {
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
