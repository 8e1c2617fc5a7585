package io.letschat.embeddedpostgres.backup;

import io.letschat.embeddedpostgres.Product;
import java.util.ArrayList;
import java.util.List;

/**
 * What a backup says of itself: a text of lines, the fields of each separated by tabs.
 *
 * @param migration the version of the schema
 * @param tables in the order in which they were written
 * @param sequences where each of them stood
 */
public record BackupContents(String migration, List<Table> tables, List<Sequence> sequences) {
  /** The name of this text in the backup. */
  static final String NAME = "contents";

  /**
   * A table.
   *
   * @param rows how many were written
   * @param columns those that can be written, in the order of the copy
   */
  public record Table(String name, long rows, List<String> columns) {
    String entry() {
      return "tables/" + name;
    }

    /** Name and columns as they stand in a {@code copy} statement. */
    String forCopy() {
      return quoted(name)
          + " ("
          + String.join(", ", columns.stream().map(BackupContents::quoted).toList())
          + ")";
    }
  }

  /** A sequence, and the last number that it gave. */
  public record Sequence(String name, long last) {}

  /** How many rows it holds, of all tables. */
  public long rows() {
    return tables.stream().mapToLong(Table::rows).sum();
  }

  String text(Product product) {
    StringBuilder text = new StringBuilder(firstLine(product)).append('\n');
    text.append("migration\t").append(migration).append('\n');
    for (Table table : tables) {
      text.append("table\t").append(table.name()).append('\t').append(table.rows());
      table.columns().forEach(column -> text.append('\t').append(column));
      text.append('\n');
    }
    for (Sequence sequence : sequences) {
      text.append("sequence\t")
          .append(sequence.name())
          .append('\t')
          .append(sequence.last())
          .append('\n');
    }
    return text.toString();
  }

  /**
   * @throws IllegalArgumentException when it is not the text of a backup that this program reads
   */
  static BackupContents parse(String text, Product product) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().equals(firstLine(product))) {
      throw new IllegalArgumentException("it begins otherwise");
    }
    String migration = "";
    List<Table> tables = new ArrayList<>();
    List<Sequence> sequences = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split("\t");
      switch (fields[0]) {
        case "migration" -> migration = fields[1];
        case "table" ->
            tables.add(
                new Table(
                    fields[1],
                    Long.parseLong(fields[2]),
                    List.of(fields).subList(3, fields.length)));
        case "sequence" -> sequences.add(new Sequence(fields[1], Long.parseLong(fields[2])));
        default -> throw new IllegalArgumentException("an unknown line: " + fields[0]);
      }
    }
    return new BackupContents(migration, List.copyOf(tables), List.copyOf(sequences));
  }

  private static String firstLine(Product product) {
    return product.name() + " backup\t1";
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
