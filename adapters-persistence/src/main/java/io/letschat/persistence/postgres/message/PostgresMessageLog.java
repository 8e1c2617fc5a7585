package io.letschat.persistence.postgres.message;

import io.letschat.application.delivery.MessageLog;
import io.letschat.domain.account.UserId;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.NewMessage;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomEpoch;
import io.letschat.domain.room.RoomId;
import io.letschat.persistence.postgres.Handles;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class PostgresMessageLog implements MessageLog, AutoCloseable {
  /** A caller that has waited for 5 s is told that the outcome is unknown. */
  static final GroupCommit.Bounds BOUNDS = new GroupCommit.Bounds(512, 8192, Duration.ofSeconds(5));

  private static final String MESSAGES =
      "select "
          + MessageRow.COLUMNS
          + " from messages m join users u on u.id = m.user_id"
          + " left join uploads f on f.id = m.upload_id";

  private final Handles handles;
  private final GroupCommit<NewMessage, Appending> appending;

  PostgresMessageLog(Handles reading, Handles appending, CommitObserver listener) {
    this.handles = reading;
    this.appending =
        new GroupCommit<>(
            "append-messages",
            new BatchAppender(appending),
            new OutcomeUnknown(),
            BOUNDS,
            listener);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if the database refuses this message
   */
  @Override
  public Appending append(NewMessage message) {
    return appending.submit(message);
  }

  @Override
  public Optional<Message> sharing(RoomId room, UserId sender, String url) {
    return handles.withHandle(handle ->
        handle
            .createQuery(
                MESSAGES + " where f.url = :url and m.room_id = :room and m.user_id = :sender")
            .bind("url", url)
            .bind("room", room.value())
            .bind("sender", sender.value())
            .map((row, context) -> MessageRow.read(row))
            .findFirst());
  }

  @Override
  public Head head(RoomId room) {
    return handles.withHandle(handle ->
        handle
            .createQuery("select last_seq, epoch from room_heads where room_id = :room")
            .bind("room", room.value())
            .map((row, context) ->
                new Head(new Seq(row.getLong("last_seq")), new RoomEpoch(row.getString("epoch"))))
            .findOne()
            .orElseThrow(() -> new IllegalArgumentException("there is no room " + room)));
  }

  @Override
  public Map<RoomId, Seq> heads(Collection<RoomId> rooms) {
    Map<RoomId, Seq> heads = new HashMap<>();
    handles.useHandle(handle ->
        handle
            .createQuery("select room_id, last_seq from room_heads where room_id = any(:rooms)")
            .bindArray("rooms", Long.class, rooms.stream().map(RoomId::value).toList())
            .map((row, context) ->
                Map.entry(new RoomId(row.getLong("room_id")), new Seq(row.getLong("last_seq"))))
            .forEach(head -> heads.put(head.getKey(), head.getValue())));
    return heads;
  }

  @Override
  public List<Message> after(RoomId room, Seq after, int most) {
    return messages("m.seq > :seq order by m.seq", room, after, most);
  }

  @Override
  public List<Message> before(RoomId room, Seq before, int most) {
    return messages("m.seq < :seq order by m.seq desc", room, before, most).reversed();
  }

  private List<Message> messages(String condition, RoomId room, Seq seq, int most) {
    return handles.withHandle(handle ->
        handle
            .createQuery(MESSAGES + " where m.room_id = :room and " + condition + " limit :most")
            .bind("room", room.value())
            .bind("seq", seq.value())
            .bind("most", most)
            .map((row, context) -> MessageRow.read(row))
            .list());
  }

  /** Takes no more messages and returns when those that wait are on disk. */
  @Override
  public void close() {
    appending.close();
  }
}
