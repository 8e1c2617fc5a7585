package io.letschat.application.room;

import io.letschat.application.StoreUnavailable;
import io.letschat.domain.account.UserId;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who belongs to which room. Every method may throw {@link StoreUnavailable}. */
public interface Memberships {
  /**
   * The user as a member of the room; empty alike for a room that is not there and one that is not
   * the user's.
   */
  Optional<Member> of(UserId user, RoomId room);

  /** Makes the user, who must have a name, a member; without effect on a member. */
  void admit(RoomId room, UserId user, Instant now);

  /** False if there was no such membership. */
  boolean end(RoomId room, UserId user);

  /** The user's rooms, the one with the latest message first. */
  List<Summary> roomsOf(UserId user);

  /** The members by name. */
  List<Member> membersOf(RoomId room);

  long count(RoomId room);

  /**
   * A room in a list.
   *
   * @param lastMessageAt empty while nobody has said anything
   */
  record Summary(Room room, long members, Optional<Instant> lastMessageAt) {}
}
