package io.letschat.persistence.postgres.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an undo script would drop, found by running it and taking it back. */
final class LostData {
  private static final String COLUMNS =
      """
      select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
        and a.attnum > 0 and not a.attisdropped
      order by c.relname, a.attnum
      """;

  private LostData() {}

  /** The transaction is as before afterwards, with the locks that the script takes. */
  static List<String> by(String undoScript, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      Map<String, Set<String>> before = columns(statement);
      statement.execute("savepoint before_the_undo_script");
      statement.execute(undoScript);
      Map<String, Set<String>> after = columns(statement);
      statement.execute("rollback to savepoint before_the_undo_script");
      List<String> losses = new ArrayList<>();
      for (Map.Entry<String, Set<String>> table : before.entrySet()) {
        String name = table.getKey();
        Set<String> left = after.get(name);
        if (left == null) {
          losses.add("the table " + name + " with " + count(statement, name, "*", "row"));
          continue;
        }
        for (String column : table.getValue()) {
          if (!left.contains(column)) {
            losses.add(
                "the column "
                    + name
                    + "."
                    + column
                    + " with "
                    + count(statement, name, quoted(column), "value"));
          }
        }
      }
      return losses;
    }
  }

  private static Map<String, Set<String>> columns(Statement statement) throws SQLException {
    Map<String, Set<String>> columns = new LinkedHashMap<>();
    try (ResultSet rows = statement.executeQuery(COLUMNS)) {
      while (rows.next()) {
        columns
            .computeIfAbsent(rows.getString(1), table -> new LinkedHashSet<>())
            .add(rows.getString(2));
      }
    }
    return columns;
  }

  private static String count(Statement statement, String table, String what, String noun)
      throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("select count(" + what + ") from " + quoted(table))) {
      rows.next();
      long number = rows.getLong(1);
      return number + " " + noun + (number == 1 ? "" : "s");
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
