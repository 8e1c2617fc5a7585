package io.letschat.embeddedpostgres.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The tables and sequences of a database, as one transaction sees them. */
final class Schema {
  private final Connection connection;
  private final String historyTable;

  /**
   * @param historyTable belongs to the migrations and is left out
   */
  Schema(Connection connection, String historyTable) {
    this.connection = connection;
    this.historyTable = historyTable;
  }

  /** By name, with the columns that can be written, and no number of rows yet. */
  List<BackupContents.Table> tables() throws SQLException {
    List<BackupContents.Table> tables = new ArrayList<>();
    for (String[] row :
        rows(
            "select c.relname, string_agg(a.attname, E'\\t' order by a.attnum)"
                + " from pg_class c join pg_attribute a on a.attrelid = c.oid"
                + " where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'"
                + " and c.relname <> '"
                + historyTable.replace("'", "''")
                + "' and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''"
                + " group by c.relname order by c.relname")) {
      tables.add(new BackupContents.Table(row[0], 0, List.of(row[1].split("\t"))));
    }
    return tables;
  }

  /** Those that were used already. */
  List<BackupContents.Sequence> sequences() throws SQLException {
    List<BackupContents.Sequence> sequences = new ArrayList<>();
    for (String[] row :
        rows(
            "select sequencename, last_value from pg_sequences"
                + " where schemaname = 'public' and last_value is not null order by sequencename")) {
      sequences.add(new BackupContents.Sequence(row[0], Long.parseLong(row[1])));
    }
    return sequences;
  }

  private List<String[]> rows(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String[]> found = new ArrayList<>();
      while (rows.next()) {
        found.add(new String[] {rows.getString(1), rows.getString(2)});
      }
      return found;
    }
  }
}
