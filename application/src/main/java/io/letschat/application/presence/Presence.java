package io.letschat.application.presence;

import io.letschat.domain.account.UserId;
import io.letschat.domain.room.RoomId;
import java.util.List;

/**
 * Who has a socket in which room. Several sockets of one user are one person. What people are
 * called is not kept here: that may change while they are there. Where others' sockets cannot be
 * asked for, those of this node are all that is known; nothing is thrown.
 */
public interface Presence {
  /** True if this is the first socket of the person in the room. */
  boolean arrive(RoomId room, UserId user, String connection);

  /** True if it was the person's last socket in the room; false, too, if it was not there. */
  boolean depart(RoomId room, UserId user, String connection);

  /** How many people are there. */
  long online(RoomId room);

  /** Those who came last, latest first. */
  List<UserId> latest(RoomId room, int most);
}
