package io.letschat.persistence.postgres.embedded;

import io.letschat.embeddedpostgres.PostgresAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** One server for all tests of this JVM, and an empty database for each one that asks. */
public final class SharedPostgres {
  private static final Path DATA = TestFork.folder("shared-postgres");
  private static final EmbeddedPostgres SERVER =
      EmbeddedPostgres.start(DATA, EmbeddedPostgresTest.BINARIES);
  private static final AtomicInteger LAST = new AtomicInteger();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
  }

  private SharedPostgres() {}

  static long pid() {
    return SERVER.pid();
  }

  /** A database with nothing in it, owned by the application's role. */
  public static PostgresAddress emptyDatabase() {
    return emptyDatabase("");
  }

  /**
   * @param options of {@code create database}, such as {@code encoding 'LATIN1'}
   */
  public static PostgresAddress emptyDatabase(String options) {
    String name = "test_" + LAST.incrementAndGet();
    DataFolder folder = DataFolder.under(DATA);
    int port = PostmasterFile.read(folder.cluster()).orElseThrow().port();
    ApplicationDatabase database = new ApplicationDatabase(folder);
    try (Connection connection = ApplicationDatabase.connect(database.superuser(port, "postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute("drop database if exists " + name + " with (force)");
      statement.execute("create database " + name + " owner letschat " + options);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return address(name, SERVER.address().user(), SERVER.address().password());
  }

  /** A role with no rights of its own, on the database at the address. */
  public static PostgresAddress asStranger(PostgresAddress database) {
    String role = "stranger_" + LAST.incrementAndGet();
    // The server may be that of an earlier run.
    executeAsOwnerOfAll(
        database,
        "do $$ begin if not exists (select from pg_roles where rolname = '"
            + role
            + "') then create role "
            + role
            + " login password 'strange'; end if; end $$");
    String name = database.jdbcUrl().replaceFirst(".*/([^/?]+)\\?.*", "$1");
    return address(name, role, "strange");
  }

  /** In the database at the address, as the superuser. */
  public static void executeAsOwnerOfAll(PostgresAddress database, String... statements) {
    DataFolder folder = DataFolder.under(DATA);
    int port = PostmasterFile.read(folder.cluster()).orElseThrow().port();
    String name = database.jdbcUrl().replaceFirst(".*/([^/?]+)\\?.*", "$1");
    try (Connection connection =
            ApplicationDatabase.connect(new ApplicationDatabase(folder).superuser(port, name));
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PostgresAddress address(String database, String user, String password) {
    return new PostgresAddress(
        SERVER.address().jdbcUrl().replaceFirst("/letschat\\?", "/" + database + "?"),
        user,
        password);
  }
}
