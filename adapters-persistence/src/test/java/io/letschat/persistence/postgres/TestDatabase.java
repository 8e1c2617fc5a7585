package io.letschat.persistence.postgres;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.letschat.application.Addresses;
import io.letschat.application.account.Accounts;
import io.letschat.application.account.code.OneTimeCodes;
import io.letschat.application.account.session.Sessions;
import io.letschat.application.delivery.MessageLog;
import io.letschat.application.media.Uploads;
import io.letschat.application.revocation.Revocations;
import io.letschat.application.room.Memberships;
import io.letschat.application.room.Rooms;
import io.letschat.embeddedpostgres.PostgresAddress;
import io.letschat.persistence.postgres.account.PostgresAccountModule;
import io.letschat.persistence.postgres.embedded.SharedPostgres;
import io.letschat.persistence.postgres.media.PostgresMediaModule;
import io.letschat.persistence.postgres.message.PostgresMessageModule;
import io.letschat.persistence.postgres.migration.Migrations;
import io.letschat.persistence.postgres.revocation.RevocationModule;
import io.letschat.persistence.postgres.room.PostgresRoomModule;
import io.letschat.testkit.Stores;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The stores over a pool of their own, wired as the program wires them. */
public final class TestDatabase implements AutoCloseable {
  private final PostgresAddress address;
  private final Database database;
  private final Stores stores;

  private TestDatabase(PostgresAddress address) {
    this.address = address;
    this.database = Database.open(address);
    Injector injector =
        Guice.createInjector(
            new PostgresAccountModule(),
            new PostgresRoomModule(),
            new PostgresMessageModule(Addresses.AT_THE_ROOT),
            new PostgresMediaModule(),
            new RevocationModule(),
            binder -> binder.bind(Database.class).toInstance(database));
    this.stores =
        new Stores(
            injector.getInstance(Accounts.class),
            injector.getInstance(Sessions.class),
            injector.getInstance(OneTimeCodes.class),
            injector.getInstance(Rooms.class),
            injector.getInstance(Memberships.class),
            injector.getInstance(MessageLog.class),
            injector.getInstance(Uploads.class),
            injector.getInstance(Revocations.class));
  }

  /** A database of its own with the schema in it and nothing else. */
  public static TestDatabase fresh() {
    return on(SharedPostgres.emptyDatabase());
  }

  /** The database at the address, which is migrated. */
  public static TestDatabase on(PostgresAddress address) {
    new Migrations(Database.unpooled(address)).migrate();
    return new TestDatabase(address);
  }

  /** Another program on the same database. */
  public TestDatabase anotherNode() {
    return new TestDatabase(address);
  }

  public PostgresAddress address() {
    return address;
  }

  /** A connection beside the pool, on which nothing takes too long. */
  public Handle connect() {
    return Jdbi.open(Database.unpooled(address));
  }

  public Database database() {
    return database;
  }

  public Stores stores() {
    return stores;
  }

  @Override
  public void close() {
    database.close();
  }
}
