package io.letschat.application.delivery;

import io.letschat.domain.account.UserId;

/** One open socket of somebody. Equality is identity. */
public interface Connection {
  /** Unique among all nodes. */
  String id();

  UserId user();

  /**
   * Sends to this socket alone, in the order of the calls. Never blocks; a socket that has closed
   * ignores it.
   */
  void send(RoomEvent event);
}
