package io.letschat.persistence.postgres.account;

import io.letschat.persistence.postgres.TestDatabase;
import io.letschat.testkit.SessionsContract;
import io.letschat.testkit.Stores;
import org.junit.jupiter.api.AfterAll;

class PostgresSessionsTest extends SessionsContract {
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
