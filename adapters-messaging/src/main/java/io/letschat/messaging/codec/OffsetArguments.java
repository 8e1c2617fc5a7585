package io.letschat.messaging.codec;

import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.recovery.StreamOffset;
import io.letschat.socketio.RecoveryOffset;
import java.util.ArrayList;
import java.util.List;

/** Messages carry their offset to the sockets of this node, whatever the dialect. */
public final class OffsetArguments {
  private OffsetArguments() {}

  /** The arguments of what is told of the event. */
  public static Object[] arguments(RoomEvent event, OutboundEvent told) {
    return event instanceof RoomEvent.MessageSent(var message)
        ? with(StreamOffset.ofMessage(message.room(), message.seq()), told)
        : told.arguments().toArray();
  }

  public static Object[] with(StreamOffset streamOffset, OutboundEvent told) {
    List<Object> arguments = new ArrayList<>(told.arguments());
    arguments.add(new RecoveryOffset(streamOffset.toString()));
    return arguments.toArray();
  }
}
