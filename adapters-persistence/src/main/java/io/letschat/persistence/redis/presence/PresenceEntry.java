package io.letschat.persistence.redis.presence;

import io.letschat.domain.account.UserId;
import io.letschat.domain.room.RoomId;

/** A socket in a room, as it is written in Redis: {@code <room> <user> <socket>}. */
record PresenceEntry(RoomId room, UserId user, String socket) {
  static PresenceEntry parse(String written) {
    String[] parts = written.split(" ", 3);
    return new PresenceEntry(
        new RoomId(Long.parseLong(parts[0])), new UserId(Long.parseLong(parts[1])), parts[2]);
  }

  @Override
  public String toString() {
    return room + " " + user.value() + " " + socket;
  }
}
