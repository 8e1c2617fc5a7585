package io.letschat.application.delivery.cluster;

import io.letschat.application.delivery.RoomEvent;

/** Whoever shows the subscribers of this node who types on other nodes. */
public interface TypingListener {
  /** Does not block and does not throw. */
  void started(RoomEvent.UserTyping typing);

  /** The same; also of who is not known to type. */
  void stopped(RoomEvent.UserStoppedTyping stopped);
}
