package io.letschat.persistence.postgres.room;

import io.letschat.application.room.Memberships;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomId;
import io.letschat.persistence.postgres.Handles;
import io.letschat.persistence.postgres.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class PostgresMemberships implements Memberships {
  private static final String MEMBERS =
      "select "
          + RoomRow.COLUMNS
          + ", u.id as user_id, u.username"
          + " from memberships m join rooms r on r.id = m.room_id join users u on u.id = m.user_id"
          + " where m.room_id = :room";

  private final Handles handles;

  PostgresMemberships(Handles handles) {
    this.handles = handles;
  }

  @Override
  public Optional<Member> of(UserId user, RoomId room) {
    return handles.withHandle(handle ->
        handle
            .createQuery(MEMBERS + " and m.user_id = :user")
            .bind("room", room.value())
            .bind("user", user.value())
            .map((row, context) -> member(row))
            .findOne());
  }

  @Override
  public void admit(RoomId room, UserId user, Instant now) {
    handles.useHandle(handle ->
        handle
            .createUpdate(
                """
                insert into memberships (room_id, user_id, joined_at)
                values (:room, :user, :now)
                on conflict do nothing
                """)
            .bind("room", room.value())
            .bind("user", user.value())
            .bind("now", now)
            .execute());
  }

  @Override
  public boolean end(RoomId room, UserId user) {
    return handles.inTransaction(handle -> {
      // Appending holds the head, too: once this returns, nothing of the user follows.
      handle
          .createQuery("select room_id from room_heads where room_id = :room for update")
          .bind("room", room.value())
          .mapTo(Long.class)
          .findOne();
      return handle
              .createUpdate("delete from memberships where room_id = :room and user_id = :user")
              .bind("room", room.value())
              .bind("user", user.value())
              .execute()
          == 1;
    });
  }

  @Override
  public List<Summary> roomsOf(UserId user) {
    return handles.withHandle(handle ->
        handle
            .createQuery(
                "select "
                    + RoomRow.COLUMNS
                    + ","
                    + """
                       last.created_at as last_message_at,
                       (select count(*) from memberships o where o.room_id = r.id) as members
                     from memberships m
                     join rooms r on r.id = m.room_id
                     join room_heads h on h.room_id = m.room_id
                     left join messages last
                       on last.room_id = h.room_id and last.seq = h.last_seq
                     where m.user_id = :user
                     order by last.created_at desc nulls last, r.id desc
                    """)
            .bind("user", user.value())
            .map((row, context) ->
                new Summary(
                    RoomRow.read(row), row.getLong("members"), Times.find(row, "last_message_at")))
            .list());
  }

  @Override
  public List<Member> membersOf(RoomId room) {
    return handles.withHandle(handle ->
        handle
            .createQuery(MEMBERS + " order by u.username_key collate \"C\"")
            .bind("room", room.value())
            .map((row, context) -> member(row))
            .list());
  }

  @Override
  public long count(RoomId room) {
    return handles.withHandle(handle ->
        handle
            .createQuery("select count(*) from memberships where room_id = :room")
            .bind("room", room.value())
            .mapTo(Long.class)
            .one());
  }

  private static Member member(ResultSet row) throws SQLException {
    return new Member(
        RoomRow.read(row),
        new UserId(row.getLong("user_id")),
        Username.stored(row.getString("username")));
  }
}
