package io.letschat.persistence.postgres.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a database says of itself.
 *
 * @param version as {@code server_version_num}: 180006 is 18.6
 * @param readOnly whether it is a standby, or set to take no changes
 * @param schema the one that tables are made in; null if there is none
 * @param mayCreate whether this role may make tables there
 * @param firstScript of the history of migrations; null if there is none
 * @param relations the tables and the like of that schema which belong to no extension
 * @param closed those of our tables that this role may not read and write
 * @param notOwned those of our tables that this role may not alter
 */
record DatabaseFacts(
    String database,
    String role,
    int version,
    String encoding,
    boolean readOnly,
    @Nullable String schema,
    boolean mayCreate,
    @Nullable String firstScript,
    List<String> relations,
    List<String> closed,
    List<String> notOwned) {
  private static final String SERVER =
      """
      select current_database(), current_user, current_setting('server_version_num')::int,
        current_setting('server_encoding'),
        pg_is_in_recovery() or current_setting('transaction_read_only')::boolean,
        current_schema(),
        current_schema() is not null
          and has_schema_privilege(current_user, current_schema(), 'create')
      """;
  private static final String RELATIONS =
      """
      select c.relname from pg_class c
      where c.relnamespace = (select oid from pg_namespace where nspname = current_schema())
        and c.relkind in ('r', 'p', 'v', 'm', 'f')
        and not exists (select from pg_depend d
          where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
        and %s
      order by c.relname
      """;

  /** Ours are those that belong to whoever owns this one; others may have theirs beside them. */
  private static final String OURS =
      "c.relkind in ('r', 'p') and c.relowner ="
          + " (select relowner from pg_class where oid = to_regclass('room_heads')) and ";

  static DatabaseFacts of(Connection connection) throws SQLException {
    List<String> relations = names(connection, "true");
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SERVER)) {
      row.next();
      return new DatabaseFacts(
          row.getString(1),
          row.getString(2),
          row.getInt(3),
          row.getString(4),
          row.getBoolean(5),
          row.getString(6),
          row.getBoolean(7),
          firstScript(connection, relations),
          relations,
          names(
              connection,
              OURS
                  + "not (has_table_privilege(c.oid, 'select') and has_table_privilege(c.oid,"
                  + " 'insert') and has_table_privilege(c.oid, 'update') and"
                  + " has_table_privilege(c.oid, 'delete'))"),
          names(connection, OURS + "not pg_has_role(c.relowner, 'usage')"));
    }
  }

  private static @Nullable String firstScript(Connection connection, List<String> relations)
      throws SQLException {
    if (!relations.contains(Rollback.HISTORY)) {
      return null;
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select script from "
                    + Rollback.HISTORY
                    + " where version is not null order by installed_rank limit 1")) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  private static List<String> names(Connection connection, String which) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(RELATIONS.formatted(which))) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    }
  }
}
