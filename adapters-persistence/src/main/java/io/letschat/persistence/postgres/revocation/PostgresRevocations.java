package io.letschat.persistence.postgres.revocation;

import io.letschat.application.revocation.Revocation;
import io.letschat.application.revocation.Revocations;
import io.letschat.domain.account.SessionId;
import io.letschat.domain.account.UserId;
import io.letschat.domain.room.RoomId;
import io.letschat.persistence.postgres.Handles;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link Revocations.Position} is the oldest transaction that was not over when the list was
 * read: whatever is committed later has that number or a higher one.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT">
 *     pg_snapshot_xmin</a>
 */
final class PostgresRevocations implements Revocations {
  private final Handles handles;

  PostgresRevocations(Handles handles) {
    this.handles = handles;
  }

  @Override
  public Position end() {
    return handles.withHandle(handle ->
        handle
            .createQuery(
                "select cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint)")
            .mapTo(Long.class)
            .map(Position::new)
            .one());
  }

  private record Row(long next, List<Revocation> revocation) {}

  @Override
  public Added since(Position position) {
    // What a restored database has brought from another server may be of the future.
    List<Row> rows =
        handles.withHandle(handle ->
            handle
                .createQuery(
                    """
                    select cast(cast(pg_snapshot_xmin(at) as text) as bigint) as next,
                      r.session_id, r.room_id, r.user_id
                    from pg_current_snapshot() as at
                    left join revocations r
                      on r.xact >= cast(:position as xid8) and r.xact < pg_snapshot_xmax(at)
                    """)
                .bind("position", Long.toString(position.value()))
                .map((row, context) -> new Row(row.getLong("next"), revocation(row)))
                .list());
    Position next = new Position(rows.getFirst().next);
    if (next.value() < position.value()) {
      return new Unknown();
    }
    List<Revocation> added = new ArrayList<>();
    rows.forEach(row -> added.addAll(row.revocation));
    return new Some(added, next);
  }

  private static List<Revocation> revocation(ResultSet row) throws SQLException {
    String session = row.getString("session_id");
    if (session != null) {
      return List.of(new Revocation.OfSession(new SessionId(session)));
    }
    long room = row.getLong("room_id");
    return row.wasNull()
        ? List.of()
        : List.of(
            new Revocation.OfMembership(new RoomId(room), new UserId(row.getLong("user_id"))));
  }

  @Override
  public void forget(Instant before) {
    handles.useHandle(handle ->
        handle
            .createUpdate("delete from revocations where revoked_at < :before")
            .bind("before", before)
            .execute());
  }
}
