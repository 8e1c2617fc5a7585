package io.letschat.embeddedpostgres;

import static io.letschat.embeddedpostgres.testing.TestProduct.GUESTBOOK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.embeddedpostgres.testing.Await;
import io.letschat.embeddedpostgres.testing.DataFolderTemplate;
import io.letschat.embeddedpostgres.testing.PostgresTestProgram;
import io.letschat.embeddedpostgres.testing.Sql;
import io.letschat.embeddedpostgres.testing.TestFork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** On a small disk of its own, which only the started process and its children see. */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
  private static final Path BINARIES = TestFork.BINARIES;

  @TempDir Path temporary;

  @BeforeAll
  static void make_the_template() throws IOException {
    DataFolderTemplate.template(GUESTBOOK);
  }

  @BeforeEach
  void make_the_mount_point() throws IOException {
    Files.createDirectory(disk());
  }

  @Test
  void a_first_start_on_a_full_disk_says_so() throws Exception {
    try (PostgresTestProgram postgresTestProgram = onDisk(10, "true")) {
      assertThat(postgresTestProgram.awaitEnd())
          .contains("is full")
          .contains("DATA_DIR")
          .contains(disk().toString());
    }
  }

  @Test
  void a_later_start_on_a_full_disk_says_so_and_the_data_stay() throws Exception {
    String copyAndFill =
        "cp -Rp " + DataFolderTemplate.template(GUESTBOOK) + "/. . ; cat /dev/zero >filler";
    try (PostgresTestProgram postgresTestProgram = onDisk(70, copyAndFill)) {
      assertThat(postgresTestProgram.awaitEnd())
          .contains("is full")
          .contains("what was confirmed before is kept");
    }
    try (PostgresTestProgram postgresTestProgram = onDisk(70, copyAndFill + " ; rm filler")) {
      postgresTestProgram.awaitReady();
    }
  }

  @Test
  void a_disk_that_fills_up_refuses_writes_until_it_has_room_again() throws Exception {
    String copy = "cp -Rp " + DataFolderTemplate.template(GUESTBOOK) + "/. .";
    try (PostgresTestProgram postgresTestProgram =
        onDisk(100, copy + " ; head -c 20000000 /dev/zero >filler")) {
      PostgresTestProgram.Running running = postgresTestProgram.awaitReady();
      PostgresAddress address = running.address();
      Sql.execute(address, "create table t (x text)", "insert into t values ('first')");
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1000; i++) {
                  Sql.execute(
                      address,
                      "insert into t select repeat(md5(g::text), 30) from generate_series(1, 1000) g");
                }
              })
          .isInstanceOf(SQLException.class);
      Files.delete(Path.of("/proc/" + running.pid() + "/root" + disk() + "/filler"));
      Await.until("it works again", () -> works(address));
      assertThat(Sql.value(address, "select count(*) from t where x in ('first', 'last')"))
          .isEqualTo("2");
    }
  }

  private static boolean works(PostgresAddress address) {
    try {
      Sql.execute(address, "insert into t values ('last')");
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /** Mounts a disk of so many megabytes, runs the preparation in it, then the program. */
  private PostgresTestProgram onDisk(int megabytes, String preparation) throws IOException {
    String script =
        "mount -t tmpfs -o size=%dm tmpfs \"$0\" && cd \"$0\" && { %s ; } 2>/dev/null; exec \"$@\""
            .formatted(megabytes, preparation);
    List<String> before =
        List.of("unshare", "--map-root-user", "--mount", "sh", "-c", script, disk().toString());
    return PostgresTestProgram.launch(
        before, System.getProperty("java.class.path"), GUESTBOOK, disk(), BINARIES);
  }

  private Path disk() {
    return temporary.resolve("disk");
  }
}
