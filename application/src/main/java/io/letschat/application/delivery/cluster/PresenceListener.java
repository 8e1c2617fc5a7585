package io.letschat.application.delivery.cluster;

import io.letschat.domain.room.RoomId;

/**
 * Whoever shows who is in a room, and has to look again when somebody came or went on another node.
 */
public interface PresenceListener {
  /**
   * Called for rooms that somebody on this node is subscribed to. Does not block and does not
   * throw.
   */
  void changedElsewhere(RoomId room, boolean someoneCame);
}
