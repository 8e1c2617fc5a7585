package io.letschat.persistence.postgres.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.embeddedpostgres.PostgresAddress;
import io.letschat.persistence.postgres.embedded.SharedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class MigrationsTest {
  private final PGSimpleDataSource database = emptyDatabase();

  @Test
  void what_is_missing_is_applied_once() throws SQLException {
    assertThat(scripts("one").version()).isEmpty();
    assertThat(scripts("one").migrate()).isEqualTo(1);
    assertThat(scripts("two").migrateTo("2")).isEqualTo(1);
    assertThat(scripts("two").migrate()).isEqualTo(1);
    assertThat(scripts("two").migrate()).isZero();
    assertThat(scripts("two").version()).contains("3");
    assertThat(tables()).containsExactly("first", "second");
    assertThat(scripts("two").knows("3")).isTrue();
    assertThat(scripts("two").knows("4")).isFalse();
  }

  @Test
  void many_that_migrate_at_once_apply_every_script_once() throws Exception {
    int processes = 6;
    CyclicBarrier together = new CyclicBarrier(processes);
    List<Future<Integer>> applied = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < processes; i++) {
        applied.add(
            threads.submit(() -> {
              together.await();
              return scripts("two").migrate();
            }));
      }
    }
    int sum = 0;
    for (Future<Integer> one : applied) {
      sum += one.get();
    }
    assertThat(sum).isEqualTo(3);
    assertThat(tables()).containsExactly("first", "second");
  }

  @Test
  void a_script_that_fails_leaves_nothing_behind() throws SQLException {
    assertThatThrownBy(() -> scripts("broken").migrate())
        .isInstanceOf(MigrationRefused.class)
        .hasMessageContaining("V3__third.sql")
        .hasMessageContaining("division by zero");
    assertThat(tables()).containsExactly("first", "second");
    assertThat(scripts("two").migrateTo("2")).isZero();
  }

  @Test
  void an_older_program_refuses_what_a_newer_one_has_migrated() {
    scripts("two").migrateTo("2");
    assertThatThrownBy(() -> scripts("one").migrate())
        .isInstanceOf(MigrationRefused.class)
        .hasMessageContaining("version 2")
        .hasMessageContaining("newer LetsChat");
  }

  @Test
  void a_script_that_was_changed_after_it_was_applied_is_noticed() {
    scripts("one").migrate();
    assertThatThrownBy(() -> scripts("changed").migrate())
        .isInstanceOf(MigrationRefused.class)
        .hasMessageContaining("not those of this LetsChat")
        .hasMessageContaining("version 1");
  }

  @Test
  void the_last_migration_is_rolled_back_and_can_be_applied_again() throws SQLException {
    scripts("two").migrateTo("2");
    RollbackPlan plan = scripts("two").planRollback().orElseThrow();
    assertThat(plan.script()).isEqualTo("V2__second.sql");
    assertThat(tables()).containsExactly("first", "second");
    scripts("two").rollback(plan);
    assertThat(tables()).containsExactly("first");
    assertThat(scripts("two").version()).contains("1");
    assertThat(scripts("two").migrateTo("2")).isEqualTo(1);
    scripts("two").rollback(scripts("two").planRollback().orElseThrow());
    assertThat(tables()).containsExactly("first");
  }

  /** On a fresh installation this once dropped every table without a question. */
  @Test
  void the_first_migration_is_not_taken_back() throws SQLException {
    assertThat(scripts("two").planRollback()).isEmpty();
    scripts("two").migrateTo("1");
    assertThatThrownBy(() -> scripts("two").planRollback())
        .isInstanceOf(MigrationRefused.class)
        .hasMessageContaining("V1__first.sql is the first migration");
    assertThatThrownBy(() -> scripts("two").rollback(new RollbackPlan("V1__first.sql", List.of())))
        .isInstanceOf(MigrationRefused.class);
    assertThat(tables()).containsExactly("first");
  }

  @Test
  void what_a_rollback_would_lose_is_said_with_its_numbers() throws SQLException {
    scripts("lossy").migrate();
    execute(
        "insert into first (x, note) values (1, 'a'), (2, null), (3, 'b')",
        "insert into second values (1)");
    assertThat(scripts("lossy").planRollback().orElseThrow().losses())
        .containsExactly("the column first.note with 2 values", "the table second with 1 row");
    assertThat(column("select note from first where x = 1")).containsExactly("a");
  }

  @Test
  void a_rollback_takes_back_what_was_planned_and_nothing_else() throws SQLException {
    scripts("two").migrateTo("2");
    RollbackPlan plan = scripts("two").planRollback().orElseThrow();
    scripts("two").rollback(plan);
    scripts("lossy").migrate();
    assertThatThrownBy(() -> scripts("lossy").rollback(plan))
        .isInstanceOf(MigrationRefused.class)
        .hasMessageContaining("nothing was changed");
    assertThat(tables()).containsExactly("first", "second");
  }

  @Test
  void a_rollback_that_fails_changes_nothing() throws SQLException {
    scripts("two").migrate();
    assertThatThrownBy(() -> scripts("two").planRollback())
        .isInstanceOf(MigrationRefused.class)
        .hasMessageContaining("nothing was changed")
        .hasMessageContaining("division by zero");
    assertThat(tables()).containsExactly("first", "second");
    assertThat(scripts("two").version()).contains("3");
  }

  @Test
  void a_migration_without_an_undo_script_stays() throws SQLException {
    scripts("broken").migrateTo("2");
    assertThatThrownBy(() -> scripts("broken").planRollback())
        .isInstanceOf(MigrationRefused.class)
        .hasMessageContaining("V2__second.sql")
        .hasMessageContaining("U2__second.sql");
    assertThat(tables()).containsExactly("first", "second");
  }

  @Test
  void a_rollback_waits_for_the_migration_of_another_process() throws Exception {
    scripts("two").migrateTo("2");
    try (Connection other = database.getConnection();
        Statement statement = other.createStatement();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      // Flyway's own lock, as its sources compute it.
      long lock = 77431708279161L + "\"public\".\"flyway_schema_history\"".hashCode();
      statement.execute("select pg_advisory_lock(" + lock + ")");
      Future<?> rollback = threads.submit(() -> scripts("two").planRollback());
      Future<?> migration = threads.submit(() -> scripts("two").migrate());
      waitUntilSomebodyWaitsForTheLock();
      assertThat(rollback).isNotDone();
      assertThat(migration).isNotDone();
      assertThat(tables()).containsExactly("first", "second");
      statement.execute("select pg_advisory_unlock(" + lock + ")");
      rollback.get();
      migration.get();
    }
    assertThat(scripts("two").version()).isPresent();
  }

  @Test
  void a_new_migration_gets_the_next_number_and_its_counterpart(@TempDir Path scripts)
      throws Exception {
    Files.createDirectories(scripts.resolve("migration"));
    Files.writeString(scripts.resolve("migration/V9__old.sql"), "");
    NewMigration created = NewMigration.create(scripts, " Add room-topics! ");
    assertThat(created.script()).hasFileName("V10__add_room_topics.sql").exists();
    assertThat(created.undo()).hasFileName("U10__add_room_topics.sql").exists();
    assertThat(NewMigration.create(scripts, "more").script()).hasFileName("V11__more.sql");
    assertThatThrownBy(() -> NewMigration.create(scripts, "../"))
        .isInstanceOf(MigrationRefused.class);
    assertThatThrownBy(() -> NewMigration.create(scripts.resolve("elsewhere"), "x"))
        .isInstanceOf(MigrationRefused.class)
        .hasMessageContaining("elsewhere");
  }

  private void waitUntilSomebodyWaitsForTheLock() throws SQLException {
    for (int i = 0; i < 3000; i++) {
      if (!column("select 'x' from pg_locks where locktype = 'advisory' and not granted")
          .isEmpty()) {
        return;
      }
    }
    throw new AssertionError("nobody waits");
  }

  private Migrations scripts(String set) {
    return new Migrations(database, "migrations-test/" + set);
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  private List<String> tables() throws SQLException {
    return column(
        "select tablename from pg_tables where schemaname = 'public'"
            + " and tablename <> 'flyway_schema_history' order by 1");
  }

  private List<String> column(String query) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  private static PGSimpleDataSource emptyDatabase() {
    PostgresAddress address = SharedPostgres.emptyDatabase();
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(address.jdbcUrl());
    database.setUser(address.user());
    database.setPassword(address.password());
    return database;
  }
}
