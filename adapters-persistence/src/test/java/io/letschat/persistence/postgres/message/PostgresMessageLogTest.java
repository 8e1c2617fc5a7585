package io.letschat.persistence.postgres.message;

import io.letschat.persistence.postgres.TestDatabase;
import io.letschat.testkit.MessageLogContract;
import io.letschat.testkit.Stores;
import org.junit.jupiter.api.AfterAll;

class PostgresMessageLogTest extends MessageLogContract {
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
