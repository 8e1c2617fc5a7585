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
  /**
   * What came of an arrival or a departure.
   *
   * @param changed whether it was the person's first socket in the room, or the last one
   * @param online how many people are there now
   */
  record Change(boolean changed, long online) {}

  /** Without effect on a socket that is there. */
  Change arrive(RoomId room, UserId user, String connection);

  /** Without effect on a socket that is not there. */
  Change depart(RoomId room, UserId user, String connection);

  /** How many people are there. */
  long online(RoomId room);

  /** Those who came last, latest first. */
  List<UserId> latest(RoomId room, int most);
}
