package io.letschat.application.delivery;

import io.letschat.domain.room.RoomId;

/** The sockets of this node that listen to a room. None of the methods blocks. */
public interface LocalSubscribers {
  void add(RoomId room, Connection connection);

  void remove(RoomId room, Connection connection);

  /**
   * Tells everybody who was added before and not removed, except {@link RoomEvent#notTo()}. What
   * one thread sends, here and by {@link Connection#send}, reaches each socket in that order.
   */
  void send(RoomEvent event);
}
