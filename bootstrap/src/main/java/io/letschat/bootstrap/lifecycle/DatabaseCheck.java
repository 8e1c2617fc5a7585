package io.letschat.bootstrap.lifecycle;

import io.letschat.persistence.postgres.Database;
import io.letschat.web.health.ReadyCheck;

/** Without its database a node is not ready. */
record DatabaseCheck(Database database) implements ReadyCheck {
  @Override
  public String name() {
    return "database";
  }

  @Override
  public boolean isReady() {
    return database.isReady();
  }
}
