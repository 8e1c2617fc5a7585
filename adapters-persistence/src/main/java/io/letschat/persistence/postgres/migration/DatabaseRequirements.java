package io.letschat.persistence.postgres.migration;

import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What a database must be before it is migrated. Without these questions some answers would come
 * late, and in words that help nobody: at the first name in Chinese, say.
 */
final class DatabaseRequirements {
  /** The oldest that is supported, as {@code server_version_num}. */
  static final int OLDEST = 160_000;

  /** The Node.js program has them all. */
  private static final List<String> NODE_TABLES =
      List.of("auth_credentials", "users", "rooms", "messages", "otps");

  private static final int MOST_NAMES = 8;

  private DatabaseRequirements() {}

  /**
   * @throws DatabaseRefused when it cannot be used
   */
  static DatabaseFacts check(DataSource database) {
    DatabaseFacts facts;
    try (Connection connection = database.getConnection()) {
      facts = DatabaseFacts.of(connection);
    } catch (SQLException e) {
      throw new DatabaseRefused(unreachable(database, e), e);
    }
    Optional<String> wrong = wrong(facts);
    if (wrong.isPresent()) {
      throw new DatabaseRefused(wrong.get());
    }
    return facts;
  }

  /** The sentence about what is wrong with it; empty for a good one. */
  static Optional<String> wrong(DatabaseFacts facts) {
    String name = "The database " + facts.database();
    if (facts.version() < OLDEST) {
      return Optional.of(
          name
              + " is of PostgreSQL "
              + facts.version() / 10_000
              + ", and LetsChat needs 16 or newer: upgrade the server, name another one in"
              + " DATABASE_URL, or leave DATABASE_URL out for the embedded one.");
    }
    if (!facts.encoding().equals("UTF8")) {
      return Optional.of(
          name
              + " has the encoding "
              + facts.encoding()
              + ", which cannot hold what people write: make one in UTF-8, with `createdb"
              + " --encoding=UTF8 --locale=C.UTF-8 --template=template0 NAME`, and name it in"
              + " DATABASE_URL.");
    }
    if (facts.readOnly()) {
      return Optional.of(
          name
              + " takes no changes: it is a standby, or default_transaction_read_only is on; name"
              + " the primary server in DATABASE_URL.");
    }
    if (facts.schema() == null) {
      return Optional.of(
          name
              + " has no schema in which the role "
              + facts.role()
              + " could make tables; its owner can make one with `create schema authorization \""
              + facts.role()
              + "\"`.");
    }
    if (facts.firstScript() == null) {
      if (!facts.relations().isEmpty() && !facts.relations().contains(Rollback.HISTORY)) {
        return Optional.of(foreign(facts));
      }
      return facts.mayCreate() ? Optional.empty() : Optional.of(mayNotCreate(name, facts));
    }
    if (!facts.closed().isEmpty()) {
      return Optional.of(
          name
              + " has tables that the role "
              + facts.role()
              + " may not read and write ("
              + some(facts.closed())
              + "): connect as their owner, or let the owner `grant select, insert, update, delete"
              + " on all tables in schema \""
              + facts.schema()
              + "\" to \""
              + facts.role()
              + "\"`.");
    }
    return Optional.empty();
  }

  /** What stands in the way of changing the schema; asked only where it is to be changed. */
  static Optional<String> immovable(DatabaseFacts facts) {
    String name = "The database " + facts.database();
    if (!facts.notOwned().isEmpty()) {
      return Optional.of(
          name
              + " has to be migrated, and the role "
              + facts.role()
              + " does not own its tables ("
              + some(facts.notOwned())
              + "): run `./letschat migrate` once with the DATABASE_URL of their owner.");
    }
    return facts.mayCreate() ? Optional.empty() : Optional.of(mayNotCreate(name, facts));
  }

  private static String mayNotCreate(String name, DatabaseFacts facts) {
    return name
        + " does not let the role "
        + facts.role()
        + " make tables in the schema "
        + facts.schema()
        + ": as its owner run `grant usage, create on schema \""
        + facts.schema()
        + "\" to \""
        + facts.role()
        + "\"` in it.";
  }

  /** For a database with tables of another program. */
  static String foreign(DatabaseFacts facts) {
    Set<String> missing = new HashSet<>(NODE_TABLES);
    facts.relations().forEach(missing::remove);
    return "The database "
        + facts.database()
        + " holds tables that this LetsChat did not make ("
        + some(facts.relations())
        + ")"
        + (missing.isEmpty()
            ? ": those of the LetsChat for Node.js, whose accounts and messages cannot be taken over"
            : "")
        + ". Nothing was changed. Make an empty database, with `createdb letschat`, for example, and"
        + " name it in DATABASE_URL.";
  }

  /** For objects that are no relations, such as functions, which Flyway finds. */
  static String foreignObjects() {
    return "The database holds things that this LetsChat did not make. Nothing was changed. Make an"
        + " empty one, with `createdb letschat`, for example, and name it in DATABASE_URL.";
  }

  private static String some(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())))
        + (names.size() > MOST_NAMES ? ", …" : "");
  }

  private static String unreachable(DataSource database, SQLException e) {
    Throwable cause = e.getCause() instanceof UnknownHostException unknown ? unknown : e;
    String said = String.valueOf(cause.getMessage()).lines().findFirst().orElse("").strip();
    said = cause == e ? said : "there is no host " + said;
    String server = "PostgreSQL";
    String name = "the database";
    String user = "this user";
    if (database instanceof PGSimpleDataSource source) {
      server = "PostgreSQL at " + source.getServerNames()[0] + ":" + source.getPortNumbers()[0];
      name = "the database " + source.getDatabaseName();
      user = "the user " + source.getUser();
    }
    return switch (String.valueOf(e.getSQLState())) {
      case "28P01" ->
          "DATABASE_URL: "
              + server
              + " does not accept the password of "
              + user
              + " ("
              + said
              + ").";
      case "28000" -> "DATABASE_URL: " + server + " does not let " + user + " in (" + said + ").";
      case "3D000" ->
          "DATABASE_URL: " + server + " has not got " + name + "; make it with `createdb`.";
      case "42501" ->
          "DATABASE_URL: "
              + server
              + " does not let "
              + user
              + " into "
              + name
              + " ("
              + said
              + ").";
      case "53300" ->
          "DATABASE_URL: "
              + server
              + " has no connection left ("
              + said
              + "); close some, or raise max_connections.";
      case "57P03" ->
          "DATABASE_URL: " + server + " is just starting or stopping; try again in a moment.";
      default ->
          "DATABASE_URL: "
              + server
              + " cannot be reached ("
              + said
              + "); is it running, and is this its host and port?";
    };
  }
}
