package io.letschat.persistence.postgres.message;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.letschat.domain.account.Username;
import io.letschat.domain.message.ClientMessageId;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.MessageId;
import io.letschat.domain.message.NewMessage;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The three statements of {@link BatchAppender}, each for all messages at once. */
final class MessageStatements {
  /** Where a message stands. */
  record RoomSeq(RoomId room, Seq seq) {}

  /** A message to be inserted at its place, and the name its sender has now. */
  record Numbered(NewMessage message, Username name, RoomSeq place) {
    Message withId(MessageId id) {
      return new Message(
          id,
          place.room(),
          place.seq(),
          message.sender(),
          name,
          message.content(),
          message.type(),
          message.clientId(),
          message.attachment(),
          message.createdAt());
    }
  }

  /**
   * A sender who belongs to the room.
   *
   * @param isSignedIn whether the session in whose name the message is sent is live
   * @param saidBefore what is on disk already under the client id of the message
   */
  record Sender(Username name, boolean isSignedIn, Optional<Message> saidBefore) {}

  private MessageStatements() {}

  /** Locks the heads of all the rooms that are there. */
  static Map<RoomId, Seq> lockHeads(Handle handle, List<NewMessage> messages) {
    return handle
        .createQuery(
            """
            select room_id, last_seq from room_heads
            where room_id = any(:rooms)
            order by room_id
            for update
            """)
        .bindArray("rooms", Long.class, each(messages, m -> m.room().value()))
        .map((row, context) -> place(row, "last_seq"))
        .collect(toMap(RoomSeq::room, RoomSeq::seq));
  }

  /**
   * For each message its sender, in the order of the messages; empty for who is no member. To be
   * called once the heads are locked: a statement sees what was committed before it began.
   */
  static List<Optional<Sender>> senders(Handle handle, List<NewMessage> messages) {
    // Written so that every message is looked up by index: a plan that joins would now and then
    // prefer to read the whole table.
    return handle
        .createQuery(
            """
            select sender.username, sender.is_signed_in, m.*, <file>
            from unnest(
                :rooms, :users, :clientIds, :sessions, cast(:times as timestamptz[]))
              with ordinality
              as w (room_id, user_id, client_message_id, session_id, created_at, nth)
            left join lateral (
                select u.username, exists (
                    select from sessions s
                    where s.id = w.session_id and s.auth_id = u.auth_id
                      and s.expires_at > w.created_at
                  ) as is_signed_in
                from memberships b join users u on u.id = b.user_id
                where b.room_id = w.room_id and b.user_id = w.user_id
                limit 1
              ) sender on true
            left join lateral (
                select * from messages
                where room_id = w.room_id and user_id = w.user_id
                  and client_message_id = w.client_message_id
                limit 1
              ) m on true
            left join lateral (select * from uploads where id = m.upload_id limit 1) f on true
            order by w.nth
            """
                .replace("<file>", FileColumns.ALL))
        .bindArray("rooms", Long.class, each(messages, m -> m.room().value()))
        .bindArray("users", Long.class, each(messages, m -> m.sender().value()))
        .bindArray("clientIds", String.class, each(messages, MessageStatements::clientId))
        .bindArray("sessions", String.class, each(messages, m -> m.session().value()))
        .bindArray("times", String.class, each(messages, m -> m.createdAt().toString()))
        .map((row, context) -> sender(row))
        .list();
  }

  private static Optional<Sender> sender(ResultSet row) throws SQLException {
    String name = row.getString("username");
    if (name == null) {
      return Optional.empty();
    }
    boolean saidBefore = row.getString("client_message_id") != null;
    return Optional.of(
        new Sender(
            Username.stored(name),
            row.getBoolean("is_signed_in"),
            saidBefore ? Optional.of(MessageRow.read(row)) : Optional.empty()));
  }

  /** Inserts the messages and moves the heads of their rooms. */
  static Map<RoomSeq, Message> insert(Handle handle, List<Numbered> numbered) {
    if (numbered.isEmpty()) {
      return Map.of();
    }
    Map<RoomSeq, Numbered> byPlace = numbered.stream().collect(toMap(Numbered::place, identity()));
    return handle
        .createQuery(
            """
            with fresh as (
              select *
              from unnest(
                  :rooms, :seqs, :users, :contents, :types, :clientIds, :uploads,
                  cast(:times as timestamptz[]))
                as f (
                  room_id, seq, user_id, content, message_type, client_message_id, upload_id,
                  created_at)
            ), moved as (
              update room_heads h set last_seq = f.last_seq
              from (select room_id, max(seq) as last_seq from fresh group by room_id) f
              where h.room_id = f.room_id
            )
            insert into messages
              (room_id, seq, user_id, content, message_type, client_message_id, upload_id, created_at)
            select * from fresh
            returning id, room_id, seq
            """)
        .bindArray("rooms", Long.class, each(numbered, n -> n.place().room().value()))
        .bindArray("seqs", Long.class, each(numbered, n -> n.place().seq().value()))
        .bindArray("users", Long.class, each(numbered, n -> n.message().sender().value()))
        .bindArray("contents", String.class, each(numbered, n -> n.message().content().text()))
        .bindArray("types", String.class, each(numbered, n -> n.message().type().wireName()))
        .bindArray("clientIds", String.class, each(numbered, n -> clientId(n.message())))
        .bindArray("uploads", Long.class, each(numbered, n -> upload(n.message())))
        .bindArray("times", String.class, each(numbered, n -> n.message().createdAt().toString()))
        .map((row, context) -> {
          Numbered inserted = requireNonNull(byPlace.get(place(row, "seq")));
          return inserted.withId(new MessageId(row.getLong("id")));
        })
        .collect(toMap(message -> new RoomSeq(message.room(), message.seq()), identity()));
  }

  private static RoomSeq place(ResultSet row, String seq) throws SQLException {
    return new RoomSeq(new RoomId(row.getLong("room_id")), new Seq(row.getLong(seq)));
  }

  private static @Nullable String clientId(NewMessage message) {
    return message.clientId().map(ClientMessageId::value).orElse(null);
  }

  private static @Nullable Long upload(NewMessage message) {
    return message.attachment().map(file -> file.upload().value()).orElse(null);
  }

  private static <T> @Nullable Object[] each(List<T> things, Function<T, @Nullable Object> value) {
    return things.stream().map(value).toArray();
  }
}
