package io.letschat.embeddedpostgres;

import static io.letschat.embeddedpostgres.testing.TestProduct.GUESTBOOK;
import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.embeddedpostgres.files.PostmasterFile;
import io.letschat.embeddedpostgres.testing.Await;
import io.letschat.embeddedpostgres.testing.DataFolderTemplate;
import io.letschat.embeddedpostgres.testing.PostgresTestProgram;
import io.letschat.embeddedpostgres.testing.Sql;
import io.letschat.embeddedpostgres.testing.TestFork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a kill -9 leaves behind, at every moment that matters, and that the next start copes with
 * it.
 */
class KilledTest {
  private static final Path BINARIES = TestFork.BINARIES;

  @TempDir Path temporary;

  @AfterEach
  void nothing_goes_on_running() {
    assertThat(OrphanProcesses.in(temporary)).isEmpty();
  }

  @Test
  void a_killed_program_leaves_a_server_that_the_next_start_stops() throws Exception {
    PostgresTestProgram.Running killed = startedAndKilled(data());
    assertThat(ProcessHandle.of(killed.pid())).isPresent();
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(GUESTBOOK, data(), BINARIES)) {
      assertThat(ProcessHandle.of(killed.pid())).isEmpty();
      assertThat(Sql.value(postgres.address(), "select x from t")).isEqualTo("42");
    }
  }

  @Test
  void what_was_acked_is_there_after_program_and_server_are_killed_in_the_middle_of_writing()
      throws Exception {
    AtomicInteger acked = new AtomicInteger();
    DataFolderTemplate.copyTo(data(), GUESTBOOK);
    try (PostgresTestProgram postgresTestProgram =
        PostgresTestProgram.launch(GUESTBOOK, data(), BINARIES)) {
      PostgresTestProgram.Running running = postgresTestProgram.awaitReady();
      Sql.execute(running.address(), "create table t (x int)");
      Thread writer = Thread.ofVirtual().start(() -> writeUntilItFails(running.address(), acked));
      Await.until("many are acked", () -> acked.get() > 100);
      postgresTestProgram.kill();
      ProcessHandle.of(running.pid()).orElseThrow().destroyForcibly();
      writer.join();
    }
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(GUESTBOOK, data(), BINARIES)) {
      String found = Sql.value(postgres.address(), "select count(*) from t where x <= " + acked);
      assertThat(found).isEqualTo(acked.toString());
    }
  }

  private static void writeUntilItFails(PostgresAddress address, AtomicInteger acked) {
    try (Connection connection = address.connect();
        PreparedStatement insert = connection.prepareStatement("insert into t values (?)")) {
      while (true) {
        insert.setInt(1, acked.get() + 1);
        insert.executeUpdate();
        acked.incrementAndGet();
      }
    } catch (SQLException e) {
      assertThat(acked).hasPositiveValue();
    }
  }

  @Test
  void half_an_initdb_is_thrown_away_and_done_again() throws Exception {
    try (PostgresTestProgram postgresTestProgram =
        PostgresTestProgram.launch(GUESTBOOK, data(), BINARIES)) {
      Await.until("a data folder is made", () -> isThere("postgres", "initdb-", "global"));
      postgresTestProgram.kill();
    }
    assertThat(data().resolve("postgres/cluster")).doesNotExist();
    EmbeddedPostgres.start(GUESTBOOK, data(), BINARIES).close();
    assertThat(isThere("postgres", "initdb-", "")).isFalse();
  }

  @Test
  void a_first_start_that_is_told_to_end_leaves_nothing_running() throws Exception {
    try (PostgresTestProgram postgresTestProgram =
        PostgresTestProgram.launch(GUESTBOOK, data(), BINARIES)) {
      Await.until("a data folder is made", () -> isThere("postgres", "initdb-", "global"));
      postgresTestProgram.end();
      assertThat(OrphanProcesses.in(temporary)).isEmpty();
    }
  }

  @Test
  void half_an_unpacking_is_thrown_away_and_done_again() throws Exception {
    Path binaries = data().resolve("postgres");
    try (PostgresTestProgram postgresTestProgram =
        PostgresTestProgram.launch(GUESTBOOK, data(), binaries)) {
      Await.until("programs are unpacked", () -> isThere("postgres", "unpacking-", "lib"));
      postgresTestProgram.kill();
    }
    assertThat(isThere("postgres", "binaries-", "")).isFalse();
    EmbeddedPostgres.start(GUESTBOOK, data(), binaries).close();
    assertThat(isThere("postgres", "unpacking-", "")).isFalse();
    damageOneOfTheBinaries();
    EmbeddedPostgres.start(GUESTBOOK, data(), binaries).close();
  }

  /** What a power cut can leave of a file that was written shortly before. */
  private void damageOneOfTheBinaries() throws IOException {
    try (Stream<Path> files = Files.find(data(), 5, (path, a) -> path.endsWith("bin/postgres"))) {
      Files.write(files.findFirst().orElseThrow(), new byte[0]);
    }
  }

  @Test
  void a_folder_that_was_moved_while_its_server_went_on_is_the_same_folder() throws Exception {
    PostgresTestProgram.Running killed = startedAndKilled(data());
    Path moved = Files.move(data(), temporary.resolve("moved to"));
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(GUESTBOOK, moved, BINARIES)) {
      assertThat(ProcessHandle.of(killed.pid())).isEmpty();
      assertThat(Sql.value(postgres.address(), "select x from t")).isEqualTo("42");
    }
  }

  @Test
  void a_process_id_that_now_belongs_to_another_program_is_left_alone() throws Exception {
    DataFolderTemplate.copyTo(data(), GUESTBOOK);
    Process stranger = new ProcessBuilder("sleep", "600").start();
    try {
      claimToBe(stranger.pid());
      EmbeddedPostgres.start(GUESTBOOK, data(), BINARIES).close();
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void a_process_id_that_now_belongs_to_another_postgres_is_left_alone() throws Exception {
    DataFolderTemplate.copyTo(data(), GUESTBOOK);
    Path elsewhere = temporary.resolve("elsewhere");
    DataFolderTemplate.copyTo(elsewhere, GUESTBOOK);
    try (EmbeddedPostgres other = EmbeddedPostgres.start(GUESTBOOK, elsewhere, BINARIES)) {
      claimToBe(other.pid());
      EmbeddedPostgres.start(GUESTBOOK, data(), BINARIES).close();
      assertThat(Sql.value(other.address(), "select 1")).isEqualTo("1");
    }
  }

  private void claimToBe(long pid) throws IOException {
    Files.writeString(
        PostmasterFile.in(data().resolve("postgres/cluster")), pid + "\n/elsewhere\n0\n5432\n");
  }

  private static PostgresTestProgram.Running startedAndKilled(Path data) throws Exception {
    DataFolderTemplate.copyTo(data, GUESTBOOK);
    try (PostgresTestProgram postgresTestProgram =
        PostgresTestProgram.launch(GUESTBOOK, data, BINARIES)) {
      PostgresTestProgram.Running running = postgresTestProgram.awaitReady();
      Sql.execute(running.address(), "create table t (x int)", "insert into t values (42)");
      postgresTestProgram.kill();
      return running;
    }
  }

  private Path data() {
    return temporary.resolve("data");
  }

  /** Whether there is a folder whose name begins so, with that in it. */
  private boolean isThere(String parent, String prefix, String child) throws IOException {
    Path folder = data().resolve(parent);
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(path -> path.getFileName().toString().startsWith(prefix))
          .anyMatch(path -> Files.exists(path.resolve(child)));
    }
  }
}
