package io.letschat.persistence.postgres.message;

import static java.util.Objects.requireNonNull;

import io.letschat.domain.account.Username;
import io.letschat.domain.message.ClientMessageId;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.MessageId;
import io.letschat.domain.message.NewMessage;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The three statements of {@link AppendTogether}, each for all messages at once. */
final class MessageStatements {
  /** Where a message stands. */
  record Place(RoomId room, Seq seq) {}

  /** A message to be inserted at its place, and the name its sender has now. */
  record Numbered(NewMessage message, Username name, Place place) {
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
          message.createdAt());
    }
  }

  /**
   * A sender who belongs to the room.
   *
   * @param saidBefore what is on disk already under the client id of the message
   */
  record Sender(Username name, Optional<Message> saidBefore) {}

  private MessageStatements() {}

  /** Locks the heads of all the rooms that are there. */
  static Map<RoomId, Seq> lockHeads(Handle handle, List<NewMessage> messages) {
    Map<RoomId, Seq> heads = new HashMap<>();
    handle
        .createQuery(
            """
            select room_id, last_seq from room_heads
            where room_id = any(:rooms)
            order by room_id
            for update
            """)
        .bindArray("rooms", Long.class, each(messages, m -> m.room().value()))
        .map((row, context) ->
            heads.put(new RoomId(row.getLong("room_id")), new Seq(row.getLong("last_seq"))))
        .list();
    return heads;
  }

  /** For each message its sender, in the order of the messages; empty for who is no member. */
  static List<Optional<Sender>> senders(Handle handle, List<NewMessage> messages) {
    List<Optional<Sender>> senders = new ArrayList<>();
    handle
        .createQuery(
            "select u.id is not null and b.user_id is not null as belongs, "
                + MessageRow.COLUMNS
                + """
                 from unnest(:rooms, :users, :clientIds)
                   with ordinality as w (room_id, user_id, client_message_id, nth)
                 left join memberships b on b.room_id = w.room_id and b.user_id = w.user_id
                 left join users u on u.id = b.user_id
                 left join messages m
                   on m.room_id = w.room_id and m.user_id = w.user_id
                   and m.client_message_id = w.client_message_id
                 order by w.nth
                """)
        .bindArray("rooms", Long.class, each(messages, m -> m.room().value()))
        .bindArray("users", Long.class, each(messages, m -> m.sender().value()))
        .bindArray("clientIds", String.class, each(messages, MessageStatements::clientId))
        .map((row, context) -> {
          if (!row.getBoolean("belongs")) {
            return senders.add(Optional.empty());
          }
          boolean known = row.getString("client_message_id") != null;
          return senders.add(
              Optional.of(
                  new Sender(
                      new Username(row.getString("username")),
                      known ? Optional.of(MessageRow.read(row)) : Optional.empty())));
        })
        .list();
    return senders;
  }

  /** Inserts the messages and moves the heads of their rooms. */
  static Map<Place, Message> insert(Handle handle, List<Numbered> numbered) {
    Map<Place, Message> written = new HashMap<>();
    if (numbered.isEmpty()) {
      return written;
    }
    Map<Place, Numbered> byPlace = new HashMap<>();
    numbered.forEach(n -> byPlace.put(n.place(), n));
    handle
        .createQuery(
            """
            with fresh as (
              select *
              from unnest(
                  :rooms, :seqs, :users, :contents, :types, :clientIds,
                  cast(:times as timestamptz[]))
                as f (room_id, seq, user_id, content, message_type, client_message_id, created_at)
            ), moved as (
              update room_heads h set last_seq = f.last_seq
              from (select room_id, max(seq) as last_seq from fresh group by room_id) f
              where h.room_id = f.room_id
            )
            insert into messages
              (room_id, seq, user_id, content, message_type, client_message_id, created_at)
            select * from fresh
            returning id, room_id, seq
            """)
        .bindArray("rooms", Long.class, each(numbered, n -> n.place().room().value()))
        .bindArray("seqs", Long.class, each(numbered, n -> n.place().seq().value()))
        .bindArray("users", Long.class, each(numbered, n -> n.message().sender().value()))
        .bindArray("contents", String.class, each(numbered, n -> n.message().content().text()))
        .bindArray("types", String.class, each(numbered, n -> n.message().type().wireName()))
        .bindArray("clientIds", String.class, each(numbered, n -> clientId(n.message())))
        .bindArray("times", String.class, each(numbered, n -> n.message().createdAt().toString()))
        .map((row, context) -> {
          Place place = new Place(new RoomId(row.getLong("room_id")), new Seq(row.getLong("seq")));
          MessageId id = new MessageId(row.getLong("id"));
          return written.put(place, requireNonNull(byPlace.get(place)).withId(id));
        })
        .list();
    return written;
  }

  private static @Nullable String clientId(NewMessage message) {
    return message.clientId().map(ClientMessageId::value).orElse(null);
  }

  private static <T> @Nullable Object[] each(List<T> things, Function<T, @Nullable Object> value) {
    return things.stream().map(value).toArray();
  }
}
