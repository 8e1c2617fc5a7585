package io.letschat.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.embeddedpostgres.PostgresAddress;
import io.letschat.persistence.postgres.embedded.SharedPostgres;
import io.letschat.persistence.postgres.migration.Migrations;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class SchemaTest {
  private static final String COLUMNS =
      "select table_name || '.' || column_name from information_schema.columns"
          + " where table_schema = 'public' order by 1";

  private final PostgresAddress address = SharedPostgres.emptyDatabase();
  private final Migrations migrations = new Migrations(Database.unpooled(address));
  private final Jdbi jdbi = Jdbi.create(Database.unpooled(address));

  @Test
  void what_is_looked_for_has_an_index() {
    migrations.migrate();
    List<String> indexed =
        ask(
            """
            select c.relname || '.' || a.attname
            from pg_index i
            join pg_class c on c.oid = i.indrelid
            join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
            join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
            """);
    assertThat(indexed)
        .contains(
            "users.username",
            "rooms.room_name",
            "messages.room_id",
            "messages.created_at",
            "otps.email",
            "auth_credentials.email_key",
            "users.username_key",
            "rooms.name_key",
            "memberships.user_id",
            "sessions.expires_at");
  }

  @Test
  void every_migration_but_the_first_can_be_undone_and_applied_again() {
    migrations.migrateTo("1");
    List<String> first = ask(COLUMNS);
    int scripts = migrations.migrate();
    List<String> all = ask(COLUMNS);
    for (int i = 0; i < scripts; i++) {
      migrations.rollback(migrations.planRollback().orElseThrow());
    }
    assertThat(ask(COLUMNS)).isEqualTo(first);
    assertThat(migrations.migrate()).isEqualTo(scripts);
    assertThat(ask(COLUMNS)).isEqualTo(all);
  }

  private List<String> ask(String query) {
    return jdbi.withHandle(handle -> handle.createQuery(query).mapTo(String.class).list());
  }
}
