package io.letschat.persistence.postgres.embedded;

import static io.letschat.persistence.postgres.embedded.EmbeddedDatabase.LETSCHAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.embeddedpostgres.EmbeddedPostgres;
import io.letschat.embeddedpostgres.PostgresUnavailable;
import io.letschat.embeddedpostgres.backup.Backup;
import io.letschat.embeddedpostgres.backup.BackupContents;
import io.letschat.embeddedpostgres.backup.Restore;
import io.letschat.embeddedpostgres.testing.DataFolderTemplate;
import io.letschat.embeddedpostgres.testing.PostgresTestProgram;
import io.letschat.embeddedpostgres.testing.Sql;
import io.letschat.embeddedpostgres.testing.TestFork;
import io.letschat.persistence.postgres.Database;
import io.letschat.persistence.postgres.migration.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
  private static final String AWKWARD = "tab\t line\n back\\slash \\N '' \" \u00e4 \ud83d\ude00";

  private static @Nullable EmbeddedPostgres started;

  @TempDir Path temporary;
  private final EmbeddedPostgres postgres = Objects.requireNonNull(started);

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    DataFolderTemplate.copyTo(folder.resolve("data"), LETSCHAT);
    started = EmbeddedPostgres.start(LETSCHAT, folder.resolve("data"), TestFork.BINARIES);
  }

  @AfterAll
  static void stop() {
    if (started != null) {
      started.close();
    }
  }

  @BeforeEach
  void somebody_has_written_something() throws SQLException {
    Sql.execute(postgres.address(), "drop schema public cascade", "create schema public");
    new Migrations(Database.unpooled(postgres.address())).migrate();
    Sql.execute(
        postgres.address(),
        "insert into auth_credentials (email, email_key, password_hash, created_at)"
            + " values ('a@b.c', 'a@b.c', 'x', now())",
        "insert into users (auth_id, created_at) values (1, now())",
        "insert into sessions values (repeat('a', 24), 1, '', '', now(), now() + '1 day')",
        "insert into sessions values (repeat('b', 24), 1, '', '', now(), now() + '1 day')",
        "insert into otps (email, purpose, code_hmac, tries_left, expires_at) values"
            + " ('a@b.c', 'recovery', sha256('x'), 5, now())",
        "insert into rooms (room_name, name_key, password_hash, owner_id, created_at)"
            + " values ('r', 'r', 'x', 1, now())",
        "insert into room_heads (room_id) values (1)");
    append(AWKWARD);
  }

  @Test
  void everything_comes_back_as_it_was_and_the_rooms_begin_a_new_epoch() throws Exception {
    String messages = value("select md5(array_agg(m order by id)::text) from messages m");
    String epoch = value("select epoch from room_heads");
    String installation = value("select id from installation");
    BackupContents written = write(backup());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup())))
        .isEqualTo("rw-------");

    append("after the backup");
    Sql.execute(postgres.address(), "delete from sessions where id = repeat('b', 24)");
    assertThat(restore(backup())).isEqualTo(written);

    assertThat(value("select md5(array_agg(m order by id)::text) from messages m"))
        .isEqualTo(messages);
    assertThat(value("select content from messages")).isEqualTo(AWKWARD);
    assertThat(value("select epoch from room_heads")).isNotEqualTo(epoch);
    assertThat(value("select id from installation")).isNotEqualTo(installation);
    append("the next one");
    assertThat(value("select max(seq) || ' ' || max(id) from messages")).isEqualTo("2 2");
    assertThat(value("select string_agg(datname, ' ' order by datname) from pg_database"))
        .isEqualTo("letschat postgres template0 template1");
  }

  @Test
  void what_was_ended_after_the_backup_stays_ended() throws Exception {
    write(backup());
    Sql.execute(postgres.address(), "delete from sessions where id = repeat('b', 24)");
    restore(backup());
    assertThat(value("select string_agg(left(id, 1), ' ') from sessions")).isEqualTo("a");
    assertThat(value("select count(*) from otps")).isEqualTo("0");
  }

  /** {@code pg_restore} does nothing of that by itself. */
  @Test
  void the_statements_for_after_a_restore_by_other_tools_do_what_they_should() throws Exception {
    String epoch = value("select epoch from room_heads");
    String page = Files.readString(Path.of("..", "docs", "operating.md"));
    String statements =
        page.substring(page.indexOf("    begin;"), page.indexOf("    commit;") + 11);
    Sql.execute(postgres.address(), statements);

    assertThat(value("select epoch from room_heads")).isNotEqualTo(epoch);
    assertThat(value("select (select count(*) from sessions) + (select count(*) from otps)"))
        .isEqualTo("0");
    assertThat(value("select content from messages")).isEqualTo(AWKWARD);
  }

  @Test
  void a_backup_is_of_one_moment_while_people_go_on_writing() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    CountDownLatch writing = new CountDownLatch(20);
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              while (!enough.get()) {
                append("again");
                writing.countDown();
              }
            });
    writing.await();
    write(backup());
    enough.set(true);
    writer.join();
    String written = value("select max(seq) from messages");
    restore(backup());
    assertThat(value("select last_seq = (select max(seq) from messages) from room_heads"))
        .isEqualTo("t");
    assertThat(Integer.parseInt(value("select max(seq) from messages")))
        .isGreaterThan(20)
        .isLessThanOrEqualTo(Integer.parseInt(written));
  }

  @Test
  void a_damaged_backup_changes_nothing() throws Exception {
    write(backup());
    byte[] whole = Files.readAllBytes(backup());
    Path damaged = temporary.resolve("damaged");
    String before = value("select epoch from room_heads");

    Files.write(damaged, Arrays.copyOf(whole, whole.length - 100));
    assertRefused(damaged, "not a whole one");
    Files.writeString(damaged, "something else");
    assertRefused(damaged, "no backup of LetsChat");
    assertThat(value("select epoch from room_heads")).isEqualTo(before);
    for (int at = 30; at < whole.length / 2; at += whole.length / 7) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 0x10;
      Files.write(damaged, flipped);
      assertRefusedOrUnhurt(damaged);
    }
  }

  /** A flipped bit in a part that nobody reads, such as a date, does no harm. */
  private void assertRefusedOrUnhurt(Path damaged) throws SQLException {
    try {
      restore(damaged);
    } catch (PostgresUnavailable e) {
      assertThat(e).hasMessageContaining("nothing was changed");
    }
    assertThat(value("select content from messages")).isEqualTo(AWKWARD);
  }

  @Test
  void a_backup_of_a_newer_program_is_refused() throws Exception {
    Sql.execute(
        postgres.address(),
        "update flyway_schema_history set version = '999' where installed_rank ="
            + " (select max(installed_rank) from flyway_schema_history)");
    write(backup());
    assertRefused(backup(), "newer LetsChat");
  }

  @Test
  void a_file_that_is_there_is_not_overwritten() throws Exception {
    Files.writeString(backup(), "precious");
    assertThatThrownBy(() -> write(backup()))
        .isInstanceOf(PostgresUnavailable.class)
        .hasMessageContaining("is there already");
    assertThat(backup()).hasContent("precious");
    assertThatThrownBy(() -> write(temporary.resolve("no/such/folder")))
        .isInstanceOf(PostgresUnavailable.class)
        .hasMessageContaining("could not be written");
  }

  @Test
  void the_commands_work_beside_a_running_program_and_without_one() throws Exception {
    Path data = temporary.resolve("other");
    DataFolderTemplate.copyTo(data, LETSCHAT);
    try (PostgresTestProgram postgresTestProgram =
        PostgresTestProgram.launch(LETSCHAT, data, TestFork.BINARIES)) {
      new Migrations(Database.unpooled(postgresTestProgram.awaitReady().address())).migrate();
      // The installation's id, and nothing that anybody has done.
      assertThat(EmbeddedDatabase.backup(data, backup())).isOne();
      assertThatThrownBy(() -> EmbeddedDatabase.restore(data, backup()))
          .isInstanceOf(PostgresUnavailable.class)
          .hasMessageContaining("Stop it first");
    }
    assertThat(EmbeddedDatabase.restore(data, backup())).isOne();
    assertThatThrownBy(() -> EmbeddedDatabase.backup(temporary.resolve("empty"), backup()))
        .isInstanceOf(PostgresUnavailable.class)
        .hasMessageContaining("nothing to back up");
  }

  private BackupContents write(Path file) {
    return new Backup(LETSCHAT, postgres.address(), new FlywayMigrator()).writeTo(file);
  }

  private BackupContents restore(Path file) {
    return new Restore(postgres, new FlywayMigrator()).from(file);
  }

  private void assertRefused(Path file, String why) {
    assertThatThrownBy(() -> restore(file))
        .isInstanceOf(PostgresUnavailable.class)
        .hasMessageContaining(why);
  }

  private void append(String content) {
    try (Connection connection = postgres.address().connect();
        Statement head = connection.createStatement();
        var insert =
            connection.prepareStatement(
                "insert into messages (room_id, seq, user_id, content, message_type, created_at)"
                    + " select 1, last_seq, 1, ?, 'text', now() from room_heads")) {
      connection.setAutoCommit(false);
      head.executeUpdate("update room_heads set last_seq = last_seq + 1");
      insert.setString(1, content);
      insert.executeUpdate();
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String value(String query) throws SQLException {
    return Sql.value(postgres.address(), query);
  }

  private Path backup() {
    return temporary.resolve("backup.zip");
  }
}
