package io.letschat.messaging.chat;

import io.letschat.application.recovery.Offset;
import io.letschat.application.room.RoomEvent;
import io.letschat.messaging.socketio.RecoveryOffset;
import java.util.ArrayList;
import java.util.List;

/** Messages carry their offset to the sockets of this node, whatever the dialect. */
final class Offsets {
  private Offsets() {}

  /** The arguments of what is told of the event. */
  static Object[] arguments(RoomEvent event, WireEvent told) {
    return event instanceof RoomEvent.MessageSent(var message)
        ? with(Offset.ofMessage(message.room(), message.seq()), told)
        : told.arguments().toArray();
  }

  static Object[] with(Offset offset, WireEvent told) {
    List<Object> arguments = new ArrayList<>(told.arguments());
    arguments.add(new RecoveryOffset(offset.toString()));
    return arguments.toArray();
  }
}
