package io.letschat.application.delivery;

import io.letschat.domain.account.UserId;
import io.letschat.domain.room.RoomId;

/** To whom an event is published, on whichever nodes they are. */
public sealed interface Target {
  /** All connections that are subscribed to the room. */
  record Room(RoomId room) implements Target {}

  /** Each connection of the person, in whatever room or in none. */
  record Person(UserId user) implements Target {}

  /**
   * One connection.
   *
   * @param id {@link io.letschat.application.delivery.Connection#id()}
   */
  record Connection(String id) implements Target {}
}
