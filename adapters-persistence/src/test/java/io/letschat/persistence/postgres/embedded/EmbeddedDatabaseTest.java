package io.letschat.persistence.postgres.embedded;

import static io.letschat.persistence.postgres.embedded.EmbeddedDatabase.LETSCHAT;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.embeddedpostgres.EmbeddedPostgres;
import io.letschat.embeddedpostgres.PostgresUnavailable;
import io.letschat.embeddedpostgres.testing.DataFolderTemplate;
import io.letschat.embeddedpostgres.testing.Sql;
import io.letschat.embeddedpostgres.testing.TestFork;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the library says is said by LetsChat: these sentences are what its users search for. */
class EmbeddedDatabaseTest {
  @TempDir Path temporary;

  @Test
  void the_sentences_name_letschat_its_command_and_its_settings() throws Exception {
    Path data = temporary.resolve("data");
    DataFolderTemplate.copyTo(data, LETSCHAT);
    Path postgres = data.toRealPath().resolve("postgres");
    try (EmbeddedPostgres _ = EmbeddedPostgres.start(LETSCHAT, data, TestFork.BINARIES)) {
      refuses(
          () -> EmbeddedPostgres.start(LETSCHAT, data, TestFork.BINARIES),
          "Another LetsChat (this very process) is running on "
              + data.toRealPath()
              + ". Stop it first, or give this one a DATA_DIR of its own.");
    }
    Path version = postgres.resolve("cluster/PG_VERSION");
    String ours = Files.readString(version);
    Files.writeString(version, "17\n");
    refuses(
        () -> EmbeddedPostgres.start(LETSCHAT, data, TestFork.BINARIES),
        "The data in "
            + postgres.resolve("cluster")
            + " are of PostgreSQL 17, this LetsChat brings 18. To carry them over: run"
            + " `./letschat backup FILE` with the LetsChat that wrote them, move "
            + postgres
            + " away, and run `./letschat restore FILE` with this one.");
    Files.writeString(version, ours);

    Path file = Files.createFile(temporary.resolve("a file"));
    refuses(
        () -> EmbeddedPostgres.start(LETSCHAT, file, TestFork.BINARIES),
        "Cannot prepare the folder "
            + file.resolve("postgres")
            + " for the embedded PostgreSQL (java.nio.file.FileSystemException: "
            + file.resolve("postgres")
            + ": Not a directory). Set DATA_DIR to a folder that this user can write to.");
  }

  @Test
  void a_restore_says_what_is_no_backup_of_letschat() throws Exception {
    Path data = temporary.resolve("data");
    DataFolderTemplate.copyTo(data, LETSCHAT);
    Path file = Files.writeString(temporary.resolve("a file"), "something else");
    refuses(
        () -> EmbeddedDatabase.restore(data, file),
        file
            + " is no backup of LetsChat, or not a whole one (zip END header not found); nothing"
            + " was changed.");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(LETSCHAT, data, TestFork.BINARIES)) {
      Sql.execute(
          postgres.address(),
          "create table flyway_schema_history (version text, success boolean, installed_rank int)");
      refuses(
          () -> EmbeddedDatabase.backup(data, temporary.resolve("backup")),
          "There is nothing to back up: LetsChat has never run on this database.");
    }
  }

  private static void refuses(ThrowingCallable what, String sentence) {
    assertThatThrownBy(what).isInstanceOf(PostgresUnavailable.class).hasMessage(sentence);
  }
}
