package io.letschat.socketio.namespace;

import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import io.letschat.engineio.packet.EnginePacket;
import io.letschat.socketio.RecoveryOffset;
import io.letschat.socketio.packet.PacketKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event or an ack on its way out.
 *
 * @param offset what follows the data for clients that take offsets
 */
record OutboundPacket(
    PacketKind kind, @Nullable Long ackId, List<Object> data, @Nullable RecoveryOffset offset) {

  static OutboundPacket event(String name, List<?> arguments) {
    return event(name, null, arguments);
  }

  private static OutboundPacket event(String name, @Nullable Long ackId, List<?> arguments) {
    List<Object> data = new ArrayList<>(arguments.size() + 1);
    data.add(name);
    data.addAll(arguments);
    RecoveryOffset offset = data.getLast() instanceof RecoveryOffset last ? last : null;
    if (offset != null) {
      data.removeLast();
    }
    return new OutboundPacket(PacketKind.EVENT, ackId, data, offset);
  }

  /** What the library's packet says; null when it is neither event nor ack. */
  static @Nullable OutboundPacket of(Packet packet) {
    PacketType type = packet.getSubType();
    Object data = packet.getData();
    List<?> arguments =
        switch (data) {
          case null -> List.of();
          case List<?> list -> list;
          default -> List.of(data);
        };
    if (type == PacketType.EVENT || type == PacketType.BINARY_EVENT) {
      return event(packet.getName(), packet.getAckId(), arguments);
    }
    if (type == PacketType.ACK || type == PacketType.BINARY_ACK) {
      return new OutboundPacket(
          PacketKind.ACK, packet.getAckId(), new ArrayList<>(arguments), null);
    }
    return null;
  }

  List<EnginePacket> encode(ServerNamespace namespace, boolean withOffset) {
    List<Object> written = data;
    if (withOffset && offset != null) {
      written = new ArrayList<>(data);
      written.add(offset.value());
    }
    return namespace.encoder().encode(kind, namespace.getName(), ackId, written);
  }
}
