package io.letschat.embeddedpostgres;

import static io.letschat.embeddedpostgres.testing.TestProduct.GUESTBOOK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.embeddedpostgres.testing.DataFolderTemplate;
import io.letschat.embeddedpostgres.testing.PostgresTestProgram;
import io.letschat.embeddedpostgres.testing.Sql;
import io.letschat.embeddedpostgres.testing.TestFork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Data that somebody moved, upgraded, copied by halves or shares with a second program. */
class DataFolderTest {
  private static final Path BINARIES = TestFork.BINARIES;

  @TempDir Path temporary;

  @Test
  void a_second_program_on_the_same_folder_is_refused_and_the_first_goes_on() throws Exception {
    DataFolderTemplate.copyTo(data(), GUESTBOOK);
    try (PostgresTestProgram first = PostgresTestProgram.launch(GUESTBOOK, data(), BINARIES)) {
      PostgresTestProgram.Running running = first.awaitReady();
      try (PostgresTestProgram second = PostgresTestProgram.launch(GUESTBOOK, data(), BINARIES)) {
        assertThat(second.awaitEnd())
            .contains("Another Guestbook (process ")
            .contains("is running on " + data());
      }
      assertThat(Sql.value(running.address(), "select 1")).isEqualTo("1");
      assertThat(first.isAlive()).isTrue();
    }
  }

  @Test
  void data_of_another_major_version_are_left_alone_with_a_word_on_how_to_carry_them_over()
      throws IOException {
    DataFolderTemplate.copyTo(data(), GUESTBOOK);
    Path version = data().resolve("postgres/cluster/PG_VERSION");
    String ours = Files.readString(version);
    Files.writeString(version, "17\n");
    assertThatThrownBy(this::start)
        .isInstanceOf(PostgresUnavailable.class)
        .hasMessageContaining("are of PostgreSQL 17, this Guestbook brings 18")
        .hasMessageContaining("./guestbook backup FILE")
        .hasMessageContaining("./guestbook restore FILE");
    Files.writeString(version, ours);
    start().close();
  }

  @Test
  void half_a_cluster_is_not_repaired_by_throwing_it_away() throws IOException {
    DataFolderTemplate.copyTo(data(), GUESTBOOK);
    Path control = data().resolve("postgres/cluster/global/pg_control");
    Path elsewhere = Files.move(control, temporary.resolve("pg_control"));
    assertThatThrownBy(this::start)
        .isInstanceOf(PostgresUnavailable.class)
        .hasMessageContaining("not a complete PostgreSQL cluster");
    Files.move(elsewhere, control);
    start().close();
  }

  @Test
  void a_new_version_of_the_program_takes_the_data_and_clears_the_old_binaries_away()
      throws IOException, SQLException {
    DataFolderTemplate.copyTo(data(), GUESTBOOK);
    Path old = Files.createDirectories(data().resolve("postgres/binaries-1-1/bin")).getParent();
    try (EmbeddedPostgres postgres = start()) {
      assertThat(Sql.value(postgres.address(), "select current_user")).isEqualTo("guestbook");
    }
    assertThat(old).doesNotExist();
  }

  @Test
  void lost_passwords_are_replaced_by_whoever_owns_the_files() throws IOException, SQLException {
    DataFolderTemplate.copyTo(data(), GUESTBOOK);
    Files.delete(data().resolve("postgres/superuser.password"));
    Files.delete(data().resolve("postgres/application.password"));
    try (EmbeddedPostgres postgres = start()) {
      assertThat(Sql.value(postgres.address(), "select 1")).isEqualTo("1");
    }
  }

  @Test
  void a_folder_that_cannot_be_written_to_is_named() throws IOException {
    Path file = Files.createFile(temporary.resolve("a file"));
    assertThatThrownBy(() -> EmbeddedPostgres.start(GUESTBOOK, file, BINARIES))
        .isInstanceOf(PostgresUnavailable.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("DATA_DIR");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void ctrl_c_in_the_terminal_does_not_reach_the_server() throws IOException {
    DataFolderTemplate.copyTo(data(), GUESTBOOK);
    try (EmbeddedPostgres postgres = start()) {
      String ours = processGroup(ProcessHandle.current().pid());
      assertThat(processGroup(postgres.pid())).isNotEqualTo(ours);
    }
  }

  private static String processGroup(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[2];
  }

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(GUESTBOOK, data(), BINARIES);
  }

  private Path data() {
    return temporary.resolve("my data");
  }
}
