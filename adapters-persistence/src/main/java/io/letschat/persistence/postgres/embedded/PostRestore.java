package io.letschat.persistence.postgres.embedded;

import io.letschat.embeddedpostgres.PostgresAddress;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What time has overtaken in a backup. Rooms begin a new epoch, since sequence numbers that clients
 * have seen may be given again to other messages. And what was ended since must not come back: only
 * the sessions that still are there stay, and no code does. The installation is another one, since
 * that of the backup may run on beside it.
 */
final class PostRestore {
  private final PostgresAddress current;
  private final PostgresAddress restored;

  PostRestore(PostgresAddress current, PostgresAddress restored) {
    this.current = current;
    this.restored = restored;
  }

  void apply() throws SQLException {
    List<String> alive = sessions();
    try (Connection connection = restored.connect();
        Statement statement = connection.createStatement();
        PreparedStatement end =
            connection.prepareStatement("delete from sessions where id <> all (?)")) {
      connection.setAutoCommit(false);
      statement.executeUpdate("update room_heads set epoch = gen_random_uuid()::text");
      statement.executeUpdate("delete from otps");
      // Where the backup came from may run on, with the same Redis.
      statement.executeUpdate("update installation set id = default");
      Array ids = connection.createArrayOf("text", alive.toArray());
      end.setArray(1, ids);
      end.executeUpdate();
      connection.commit();
    }
  }

  private List<String> sessions() throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = current.connect();
        Statement statement = connection.createStatement()) {
      try (ResultSet exists = statement.executeQuery("select to_regclass('public.sessions')")) {
        exists.next();
        if (exists.getString(1) == null) {
          return found;
        }
      }
      try (ResultSet rows = statement.executeQuery("select id from sessions")) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
    }
    return found;
  }
}
