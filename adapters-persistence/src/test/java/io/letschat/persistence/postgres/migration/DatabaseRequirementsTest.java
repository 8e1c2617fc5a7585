package io.letschat.persistence.postgres.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.embeddedpostgres.PostgresAddress;
import io.letschat.persistence.postgres.Database;
import io.letschat.persistence.postgres.embedded.SharedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that cannot be used are refused before anything is made in them. */
class DatabaseRequirementsTest {
  /** What initdb makes under LANG=C, and what is left of the nineties. */
  @ParameterizedTest
  @ValueSource(strings = {"SQL_ASCII", "LATIN1", "EUC_JP"})
  void a_database_that_cannot_hold_every_name_is_refused(String encoding) {
    PostgresAddress database =
        SharedPostgres.emptyDatabase(
            "encoding '" + encoding + "' locale_provider libc locale 'C' template template0");

    refuses(database, "has the encoding " + encoding, "--encoding=UTF8", "DATABASE_URL");
  }

  @ParameterizedTest
  @CsvSource({"150004, 15", "90624, 9"})
  void an_older_server_is_refused(int version, String named) {
    assertThat(DatabaseRequirements.wrong(server(version)).orElseThrow())
        .contains("PostgreSQL " + named, "needs 16 or newer");
    assertThat(DatabaseRequirements.wrong(server(160_000))).isEmpty();
  }

  @Test
  void a_standby_is_refused() {
    PostgresAddress database = SharedPostgres.emptyDatabase();
    SharedPostgres.executeAsOwnerOfAll(
        database,
        "do $$ begin execute format('alter database %I set default_transaction_read_only = on',"
            + " current_database()); end $$");

    refuses(database, "takes no changes", "standby");
  }

  /** Since PostgreSQL 15 the schema public is its owner's alone. */
  @Test
  void who_may_not_make_tables_is_told_what_to_grant() {
    PostgresAddress database = SharedPostgres.emptyDatabase();
    PostgresAddress stranger = SharedPostgres.asStranger(database);

    refuses(stranger, "does not let the role " + stranger.user(), "grant usage, create on schema");

    SharedPostgres.executeAsOwnerOfAll(database, "drop schema public");
    refuses(stranger, "has no schema in which");
  }

  @Test
  void who_may_not_use_the_tables_of_others_is_told_so_and_who_may_needs_no_more() {
    PostgresAddress database = SharedPostgres.emptyDatabase();
    new Migrations(Database.unpooled(database)).migrate();
    PostgresAddress stranger = SharedPostgres.asStranger(database);
    SharedPostgres.executeAsOwnerOfAll(
        database, "grant select on flyway_schema_history to " + stranger.user());

    refuses(stranger, "may not read and write", "messages", "grant select, insert");

    SharedPostgres.executeAsOwnerOfAll(
        database,
        "grant select, insert, update, delete on all tables in schema public to "
            + stranger.user());
    assertThat(new Migrations(Database.unpooled(stranger)).migrate()).isZero();
  }

  @Test
  void who_does_not_own_the_tables_cannot_migrate_them() {
    PostgresAddress database = SharedPostgres.emptyDatabase();
    PostgresAddress stranger = SharedPostgres.asStranger(database);
    var facts =
        new DatabaseFacts(
            "chat",
            stranger.user(),
            180_000,
            "UTF8",
            false,
            "public",
            true,
            "V1__a.sql",
            List.of("rooms"),
            List.of(),
            List.of("rooms"));

    assertThat(DatabaseRequirements.immovable(facts).orElseThrow())
        .contains("does not own its tables (rooms)", "./letschat migrate");
  }

  @Test
  void the_tables_of_the_node_program_are_named_and_left_alone() {
    PostgresAddress database = SharedPostgres.emptyDatabase();
    SharedPostgres.executeAsOwnerOfAll(
        database,
        "create table kysely_migration (name text)",
        "create table auth_credentials (id int)",
        "create table users (id int)",
        "create table rooms (id int)",
        "create table messages (id int)",
        "create table otps (id int)");

    refuses(database, "auth_credentials, kysely_migration, messages", "Node.js", "createdb");
  }

  @Test
  void the_tables_of_any_program_are_named_and_left_alone() {
    PostgresAddress database = SharedPostgres.emptyDatabase();
    SharedPostgres.executeAsOwnerOfAll(database, "create table invoices (id int)");

    refuses(database, "tables that this LetsChat did not make (invoices)", "createdb");

    PostgresAddress functions = SharedPostgres.emptyDatabase();
    SharedPostgres.executeAsOwnerOfAll(functions, "create function f() returns int return 1");
    refuses(functions, "things that this LetsChat did not make");
  }

  @Test
  void another_program_that_uses_flyway_is_not_taken_for_a_newer_letschat() {
    PostgresAddress database = SharedPostgres.emptyDatabase();
    new Migrations(Database.unpooled(database), "migrations-test/two").migrate();

    refuses(database, "did not make (first, flyway_schema_history, second)");
  }

  @Test
  void an_extension_in_an_empty_database_is_in_nobody_s_way() {
    PostgresAddress database = SharedPostgres.emptyDatabase();
    SharedPostgres.executeAsOwnerOfAll(database, "create extension pg_trgm");

    assertThat(new Migrations(Database.unpooled(database)).migrate()).isPositive();
  }

  @Test
  void a_server_that_lets_nobody_in_is_said_in_a_sentence() throws IOException {
    PostgresAddress database = SharedPostgres.emptyDatabase();
    refuses(
        new PostgresAddress(database.jdbcUrl(), database.user(), "wrong"),
        "does not accept the password of the user letschat");
    refuses(
        new PostgresAddress(
            database.jdbcUrl().replaceFirst("/test_[0-9]+", "/nowhere"),
            database.user(),
            database.password()),
        "has not got the database nowhere");
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = closed.getLocalPort();
      closed.close();
      refuses(
          new PostgresAddress("jdbc:postgresql://127.0.0.1:" + port + "/chat", "u", "secret"),
          "PostgreSQL at 127.0.0.1:" + port + " cannot be reached");
    }
  }

  private static void refuses(PostgresAddress address, String... words) {
    assertThatThrownBy(() -> new Migrations(Database.unpooled(address)).migrate())
        .isInstanceOf(DatabaseRefused.class)
        .hasMessageContainingAll(words)
        .message()
        .doesNotContain("\n", "secret", "wrong");
  }

  private static DatabaseFacts server(int version) {
    return new DatabaseFacts(
        "chat", "ada", version, "UTF8", false, "public", true, null, List.of(), List.of(),
        List.of());
  }
}
