package io.letschat.embeddedpostgres.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The tables of a database and how far its migrations have come, as one transaction sees them. */
final class Schema {
  private static final String HISTORY = "flyway_schema_history";

  private final Connection connection;

  Schema(Connection connection) {
    this.connection = connection;
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
                + HISTORY
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

  /** The version of the last migration. */
  String migration() throws SQLException {
    List<String[]> last =
        rows(
            "select version, '' from "
                + HISTORY
                + " where success and version is not null order by installed_rank desc limit 1");
    if (last.isEmpty()) {
      throw new PostgresUnavailable(
          "There is nothing to back up: LetsChat has never run on this database.");
    }
    return last.getFirst()[0];
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
