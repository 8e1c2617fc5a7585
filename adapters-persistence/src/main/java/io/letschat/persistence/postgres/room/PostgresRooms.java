package io.letschat.persistence.postgres.room;

import io.letschat.application.room.Rooms;
import io.letschat.domain.Confusables;
import io.letschat.domain.Text;
import io.letschat.domain.account.PasswordHash;
import io.letschat.domain.account.UserId;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomId;
import io.letschat.domain.room.RoomName;
import io.letschat.persistence.postgres.Handles;
import io.letschat.persistence.postgres.migration.LookAlikes;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

final class PostgresRooms implements Rooms {
  private final Handles handles;

  PostgresRooms(Handles handles) {
    this.handles = handles;
  }

  @Override
  public Optional<Room> create(RoomName name, PasswordHash password, UserId owner, Instant now) {
    return handles.inTransaction(handle -> {
      LookAlikes.ROOMS.lock(handle, name.text());
      return handle
          .createQuery(
              """
              with room as (
                insert into rooms
                  (room_name, name_key, skeletons, skeletons_of, password_hash, owner_id, created_at)
                select :name, :key, :skeletons, :name, :hash, :owner, :now where <nobodyElse>
                on conflict (name_key) do nothing
                returning id, owner_id, created_at
              ), head as (
                insert into room_heads (room_id) select id from room
              ), membership as (
                insert into memberships (room_id, user_id, joined_at)
                select id, owner_id, created_at from room
              )
              select id from room
              """
                  .replace("<nobodyElse>", LookAlikes.ROOMS.nobodyElse()))
          .bind("name", name.text())
          .bind("key", name.key())
          .bindArray("skeletons", String.class, LookAlikes.of(name.text()))
          .bind("ascii", Confusables.isAscii(name.text()))
          .bind("self", 0)
          .bind("hash", password.bcrypt())
          .bind("owner", owner.value())
          .bind("now", now)
          .mapTo(Long.class)
          .findOne()
          .map(id -> new Room(new RoomId(id), name, owner));
    });
  }

  @Override
  public Optional<Locked> named(RoomName name) {
    // A room from before may have kept the key of then, where another one had the new one already.
    return handles.withHandle(handle ->
        locked(
            handle
                .createQuery(
                    "select "
                        + RoomRow.COLUMNS
                        + ", r.password_hash from rooms r where r.name_key in (:key, :former)"
                        + " order by r.name_key = :former desc limit 1")
                .bind("key", name.key())
                .bind("former", Text.key(name.text()))));
  }

  @Override
  public Optional<Locked> find(RoomId id) {
    return handles.withHandle(handle ->
        locked(
            handle
                .createQuery(
                    "select " + RoomRow.COLUMNS + ", r.password_hash from rooms r where r.id = :id")
                .bind("id", id.value())));
  }

  @Override
  public void rehash(RoomId room, PasswordHash old, PasswordHash fresh) {
    handles.useHandle(handle ->
        handle.execute(
            "update rooms set password_hash = ? where id = ? and password_hash = ?",
            fresh.bcrypt(),
            room.value(),
            old.bcrypt()));
  }

  private static Optional<Locked> locked(Query query) {
    return query
        .map((row, context) ->
            new Locked(RoomRow.read(row), new PasswordHash(row.getString("password_hash"))))
        .findOne();
  }
}
