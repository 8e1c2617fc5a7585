package io.letschat.messaging.socketio;

import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import io.letschat.messaging.engineio.EnginePacket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event or an ack on its way out. */
record Outgoing(PacketKind kind, @Nullable Long ackId, List<Object> data) {

  static Outgoing event(String name, List<?> arguments) {
    List<Object> data = new ArrayList<>(arguments.size() + 1);
    data.add(name);
    data.addAll(arguments);
    return new Outgoing(PacketKind.EVENT, null, data);
  }

  /** What the library's packet says; null when it is neither event nor ack. */
  static @Nullable Outgoing of(Packet packet) {
    PacketType type = packet.getSubType();
    Object data = packet.getData();
    List<?> arguments =
        switch (data) {
          case null -> List.of();
          case List<?> list -> list;
          default -> List.of(data);
        };
    if (type == PacketType.EVENT || type == PacketType.BINARY_EVENT) {
      return new Outgoing(
          PacketKind.EVENT, packet.getAckId(), event(packet.getName(), arguments).data());
    }
    if (type == PacketType.ACK || type == PacketType.BINARY_ACK) {
      return new Outgoing(PacketKind.ACK, packet.getAckId(), new ArrayList<>(arguments));
    }
    return null;
  }

  List<EnginePacket> encode(ServedNamespace namespace) {
    return namespace.encoder().encode(kind, namespace.getName(), ackId, data);
  }
}
