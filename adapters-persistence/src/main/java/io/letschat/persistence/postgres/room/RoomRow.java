package io.letschat.persistence.postgres.room;

import io.letschat.domain.account.UserId;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomId;
import io.letschat.domain.room.RoomName;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A room, read from {@code rooms r}. */
final class RoomRow {
  static final String COLUMNS = "r.id as room_id, r.room_name, r.owner_id";

  private RoomRow() {}

  static Room read(ResultSet row) throws SQLException {
    return new Room(
        new RoomId(row.getLong("room_id")),
        RoomName.stored(row.getString("room_name")),
        new UserId(row.getLong("owner_id")));
  }
}
