package io.letschat.persistence.postgres.migration;

import io.letschat.domain.Text;
import io.letschat.persistence.postgres.SqlState;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.postgres.PostgresPlugin;

/**
 * Gives the names that a version before has written what this one computes of a name: its skeletons
 * and its key. Names that today's rules refuse get them too. Any number of processes may do so at
 * once, while names are chosen.
 */
final class NameUpgrade {
  private static final int AT_ONCE = 500;

  private final Jdbi jdbi;

  NameUpgrade(DataSource database) {
    this.jdbi = Jdbi.create(database).installPlugin(new PostgresPlugin());
  }

  private record Named(long id, String name, String key) {}

  /** Works until nothing is left to do. */
  void run() {
    jdbi.useHandle(handle -> {
      upgrade(handle, "users", "username", "username_key");
      upgrade(handle, "rooms", "room_name", "name_key");
    });
  }

  private static void upgrade(Handle handle, String table, String column, String keyColumn) {
    List<Named> names = next(handle, table, column, keyColumn, 0);
    while (!names.isEmpty()) {
      fill(handle, table, column, names);
      names.stream()
          .filter(named -> !named.key().equals(Text.nameKey(named.name())))
          .forEach(named -> rekey(handle, table, column, keyColumn, named));
      names = next(handle, table, column, keyColumn, names.getLast().id());
    }
  }

  private static List<Named> next(
      Handle handle, String table, String column, String keyColumn, long after) {
    return handle
        .createQuery(
            "select id, %2$s, %3$s from %1$s where %2$s is distinct from skeletons_of and id > ? order by id limit ?"
                .formatted(table, column, keyColumn))
        .bind(0, after)
        .bind(1, AT_ONCE)
        .map((row, context) -> new Named(row.getLong(1), row.getString(2), row.getString(3)))
        .list();
  }

  private static void fill(Handle handle, String table, String column, List<Named> names) {
    PreparedBatch batch =
        handle.prepareBatch(
            "update %1$s set skeletons = :skeletons, skeletons_of = :name where id = :id and %2$s = :name"
                .formatted(table, column));
    for (Named named : names) {
      batch
          .bind("id", named.id())
          .bind("name", named.name())
          .bindArray("skeletons", String.class, LookAlikes.of(named.name()))
          .add();
    }
    handle.useTransaction(transaction -> batch.execute());
  }

  /** Leaves the key as it is where another name has the new one already. */
  private static void rekey(
      Handle handle, String table, String column, String keyColumn, Named named) {
    try {
      handle
          .createUpdate(
              """
              update %1$s set %3$s = :key where id = :id and %2$s = :name
                and not exists (select 1 from %1$s o where o.%3$s = :key)
              """
                  .formatted(table, column, keyColumn))
          .bind("id", named.id())
          .bind("name", named.name())
          .bind("key", Text.nameKey(named.name()))
          .execute();
    } catch (JdbiException e) {
      if (SqlState.of(e).filter(SqlState.UNIQUE_VIOLATION::equals).isEmpty()) {
        throw e;
      }
    }
  }
}
