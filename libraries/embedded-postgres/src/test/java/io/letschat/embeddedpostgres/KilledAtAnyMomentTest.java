package io.letschat.embeddedpostgres;

import static io.letschat.embeddedpostgres.testing.TestProduct.GUESTBOOK;
import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.embeddedpostgres.testing.PostgresTestProgram;
import io.letschat.embeddedpostgres.testing.Sql;
import io.letschat.embeddedpostgres.testing.TestFork;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From an empty folder on, kill after kill, each a little later in the start than the one before.
 */
@Tag("long")
class KilledAtAnyMomentTest {
  private static final int KILLS = 40;
  private static final Duration LATER = Duration.ofMillis(60);

  @TempDir Path temporary;

  @Test
  void whatever_the_moment_the_next_start_finds_everything() throws Exception {
    Path data = temporary.resolve("data");
    int written = 0;
    for (int round = 1; round <= KILLS; round++) {
      try (PostgresTestProgram postgresTestProgram =
          PostgresTestProgram.launch(GUESTBOOK, data, TestFork.BINARIES)) {
        postgresTestProgram.runFor(LATER.multipliedBy(round));
        postgresTestProgram.kill();
      }
      if (round % 3 == 0) {
        OrphanProcesses.in(temporary).forEach(ProcessHandle::destroyForcibly);
      }
      if (round % 5 == 0) {
        try (EmbeddedPostgres postgres = start(data)) {
          Sql.execute(postgres.address(), "create table if not exists t (x int)");
          assertThat(Sql.value(postgres.address(), "select count(*) from t"))
              .isEqualTo(Integer.toString(written));
          Sql.execute(postgres.address(), "insert into t values (" + round + ")");
          written++;
        }
      }
    }
    start(data).close();
    assertThat(OrphanProcesses.in(temporary)).isEmpty();
  }

  private static EmbeddedPostgres start(Path data) {
    return EmbeddedPostgres.start(GUESTBOOK, data, TestFork.BINARIES);
  }
}
