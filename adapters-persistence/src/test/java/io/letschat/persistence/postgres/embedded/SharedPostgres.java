package io.letschat.persistence.postgres.embedded;

import static io.letschat.persistence.postgres.embedded.EmbeddedDatabase.LETSCHAT;

import io.letschat.embeddedpostgres.EmbeddedPostgres;
import io.letschat.embeddedpostgres.PostgresAddress;
import io.letschat.embeddedpostgres.testing.TestFork;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** One server for all tests of this JVM, and an empty database for each one that asks. */
public final class SharedPostgres {
  private static final Path DATA = TestFork.folder("shared-postgres");
  private static final EmbeddedPostgres SERVER =
      EmbeddedPostgres.start(LETSCHAT, DATA, TestFork.BINARIES);
  private static final AtomicInteger LAST = new AtomicInteger();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
  }

  private SharedPostgres() {}

  /** A database with nothing in it, owned by the application's role. */
  public static PostgresAddress emptyDatabase() {
    return emptyDatabase("");
  }

  /**
   * @param options of {@code create database}, such as {@code encoding 'LATIN1'}
   */
  public static PostgresAddress emptyDatabase(String options) {
    String name = "test_" + LAST.incrementAndGet();
    try (Connection connection = SERVER.superuser("postgres").connect();
        Statement statement = connection.createStatement()) {
      statement.execute("drop database if exists " + name + " with (force)");
      statement.execute("create database " + name + " owner letschat " + options);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return SERVER.address(name);
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
    return new PostgresAddress(SERVER.address(name).jdbcUrl(), role, "strange");
  }

  /** In the database at the address, as the superuser. */
  public static void executeAsOwnerOfAll(PostgresAddress database, String... statements) {
    String name = database.jdbcUrl().replaceFirst(".*/([^/?]+)\\?.*", "$1");
    try (Connection connection = SERVER.superuser(name).connect();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
