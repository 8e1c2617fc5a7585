package io.letschat.persistence.postgres.embedded;

import io.letschat.persistence.postgres.PostgresAddress;
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
    String name = "test_" + LAST.incrementAndGet();
    DataFolder folder = DataFolder.under(DATA);
    int port = PostmasterFile.read(folder.cluster()).orElseThrow().port();
    ApplicationDatabase database = new ApplicationDatabase(folder);
    try (Connection connection = ApplicationDatabase.connect(database.superuser(port, "postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute("drop database if exists " + name + " with (force)");
      statement.execute("create database " + name + " owner letschat");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    PostgresAddress application = SERVER.address();
    return new PostgresAddress(
        application.jdbcUrl().replaceFirst("/letschat\\?", "/" + name + "?"),
        application.user(),
        application.password());
  }
}
