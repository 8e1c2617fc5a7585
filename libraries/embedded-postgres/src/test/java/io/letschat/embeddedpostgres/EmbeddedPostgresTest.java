package io.letschat.embeddedpostgres;

import static io.letschat.embeddedpostgres.testing.TestProduct.GUESTBOOK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.embeddedpostgres.testing.Await;
import io.letschat.embeddedpostgres.testing.Sql;
import io.letschat.embeddedpostgres.testing.TestFork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
  @TempDir Path temporary;

  @Test
  void what_was_committed_is_there_after_a_stop_and_a_start() throws SQLException {
    try (EmbeddedPostgres postgres = start()) {
      Sql.execute(postgres.address(), "create table t (x int)", "insert into t values (42)");
    }
    try (EmbeddedPostgres postgres = start()) {
      assertThat(Sql.value(postgres.address(), "select x from t")).isEqualTo("42");
    }
  }

  @Test
  void nothing_is_traded_for_speed_and_nobody_else_is_let_in() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      PostgresAddress address = postgres.address();
      for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
        assertThat(Sql.value(address, "show " + setting)).as(setting).isEqualTo("on");
      }
      assertThat(Sql.value(address, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(Sql.value(postgres.superuser("postgres"), "show unix_socket_directories"))
          .isEmpty();
      assertThat(
              Sql.value(
                  address,
                  "select rolsuper or rolcreatedb or rolcreaterole or rolreplication"
                      + " from pg_roles where rolname = current_user"))
          .isEqualTo("f");
      assertThatThrownBy(
              () -> DriverManager.getConnection(address.jdbcUrl(), "postgres", "postgres").close())
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      assertThat(address.toString()).doesNotContain(address.password());
      assertEverythingBelongsToTheOwnerAlone();
    }
  }

  private void assertEverythingBelongsToTheOwnerAlone() throws IOException {
    Path root = temporary.resolve("data/postgres");
    assertThat(permissions(temporary.resolve("data"))).isEqualTo("rwx------");
    assertThat(permissions(root)).isEqualTo("rwx------");
    assertThat(permissions(root.resolve("cluster"))).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(root)) {
      for (Path secret : files.filter(file -> file.toString().endsWith(".password")).toList()) {
        assertThat(permissions(secret)).as(secret.toString()).isEqualTo("rw-------");
      }
    }
  }

  @Test
  void a_second_start_on_the_same_folder_is_refused_and_the_first_goes_on() throws SQLException {
    try (EmbeddedPostgres postgres = start();
        Connection connection = postgres.address().connect()) {
      assertThatThrownBy(this::start)
          .isInstanceOf(PostgresUnavailable.class)
          .hasMessageContaining("Another Guestbook")
          .hasMessageContaining(temporary.toString());
      assertThat(connection.isValid(1)).isTrue();
    }
    start().close();
  }

  @Test
  void a_killed_server_is_started_again_on_the_same_address() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      Sql.execute(postgres.address(), "create table t (x int)", "insert into t values (42)");
      long pid = postgres.pid();
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();
      Await.until("another one runs", () -> postgres.pid() != pid);
      assertThat(Sql.value(postgres.address(), "select x from t")).isEqualTo("42");
    }
    assertThat(OrphanProcesses.in(temporary)).isEmpty();
  }

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(GUESTBOOK, temporary.resolve("data"), TestFork.BINARIES);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
