package io.letschat.application.room;

import io.letschat.application.StoreUnavailable;
import io.letschat.domain.account.PasswordHash;
import io.letschat.domain.account.UserId;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomId;
import io.letschat.domain.room.RoomName;
import java.time.Instant;
import java.util.Optional;

/**
 * All rooms. Names are unique by {@link RoomName#key()}. Every method may throw {@link
 * StoreUnavailable}.
 */
public interface Rooms {
  /**
   * Makes the room with its owner as the first member; empty if the name is taken or looks like
   * another room's ({@link RoomName#looksLike}), also of somebody at the same time.
   */
  Optional<Room> create(RoomName name, PasswordHash password, UserId owner, Instant now);

  Optional<Locked> named(RoomName name);

  Optional<Locked> find(RoomId id);

  /**
   * Keeps another hash of the same password, unless the old one is not the room's any more. A store
   * may also leave it at the old hash always.
   */
  default void rehash(RoomId room, PasswordHash old, PasswordHash fresh) {}

  /** A room and what its password must match. */
  record Locked(Room room, PasswordHash password) {}
}
