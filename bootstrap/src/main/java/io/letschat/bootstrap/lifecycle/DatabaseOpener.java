package io.letschat.bootstrap.lifecycle;

import io.letschat.bootstrap.settings.Settings;
import io.letschat.bootstrap.wiring.Counted;
import io.letschat.embeddedpostgres.PostgresAddress;
import io.letschat.persistence.postgres.Database;
import io.letschat.persistence.postgres.embedded.EmbeddedDatabase;
import io.letschat.persistence.postgres.migration.Migrations;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the database of {@code DATABASE_URL}, or the embedded one, and brings it up to date. */
final class DatabaseOpener {
  private static final Logger log = LoggerFactory.getLogger(DatabaseOpener.class);

  private final ShutdownStack opened;

  /**
   * @param opened closes again what is opened here
   */
  DatabaseOpener(ShutdownStack opened) {
    this.opened = opened;
  }

  Database open(Settings settings) throws IOException {
    PostgresAddress address = address(settings);
    int applied = new Migrations(Database.unpooled(address)).migrate();
    if (applied > 0) {
      log.info("{} applied", Counted.of(applied, "migration"));
    }
    Database database = Database.open(address);
    opened.add("database", database::close);
    return database;
  }

  private PostgresAddress address(Settings settings) throws IOException {
    if (settings.database().isPresent()) {
      return settings.database().get();
    }
    var postgres = EmbeddedDatabase.start(settings.dataDir());
    opened.add("embedded PostgreSQL", postgres::close);
    return postgres.address();
  }
}
