package io.letschat.application.delivery.cluster;

import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.delivery.Target;
import io.letschat.domain.room.RoomId;

/**
 * The other nodes that serve the same rooms. What they are told may be late, lost or repeated, and
 * nobody hears of it: whatever matters is in the database, and the nodes look there regularly.
 */
public interface ClusterBus {
  /** There are none. */
  ClusterBus NONE =
      new ClusterBus() {
        @Override
        public void publish(Target target, RoomEvent event) {}

        @Override
        public void announce(ClusterEvent news) {}

        @Override
        public void listen(RoomId room) {}

        @Override
        public void ignore(RoomId room) {}
      };

  /** Tells those who are meant and are on other nodes. Does not block. */
  void publish(Target target, RoomEvent event);

  /** Tells the nodes themselves. Does not block. */
  void announce(ClusterEvent news);

  /**
   * After it has returned, what others publish in the room is heard here. Waits for that, but half
   * a second at most: if the others cannot be reached, they are heard once they can.
   */
  void listen(RoomId room);

  /** Nobody here listens to the room any more. Does not block. */
  void ignore(RoomId room);
}
