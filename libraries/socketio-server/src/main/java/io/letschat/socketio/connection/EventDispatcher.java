package io.letschat.socketio.connection;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.socketio.SocketIoRejectReason;
import io.letschat.socketio.namespace.ServerNamespace;
import io.letschat.socketio.namespace.ServerSocket;
import io.letschat.socketio.packet.JsonArguments;
import io.letschat.socketio.packet.PacketHeader;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes a connection's events, typed, to the listeners of their namespace. */
final class EventDispatcher {
  private static final Logger log = LoggerFactory.getLogger(EventDispatcher.class);

  private final ConnectionContext context;
  private final SocketIoClient connection;

  EventDispatcher(ConnectionContext context, SocketIoClient connection) {
    this.context = context;
    this.connection = connection;
  }

  void dispatch(ServerSocket socket, PacketHeader packetHeader, JsonNode payload) {
    JsonNode name = payload.get(0);
    if (!socket.isInNamespace() || !name.isTextual()) {
      return;
    }
    Packet packet = new Packet(PacketType.MESSAGE, socket.getEngineIOVersion());
    packet.setSubType(PacketType.EVENT);
    packet.setName(name.textValue());
    packet.setAckId(packetHeader.ackId());
    socket.addToLogContext();
    ServerNamespace namespace = socket.namespace();
    List<Object> args;
    try {
      args = JsonArguments.ofEvent(namespace.getJsonSupport(), namespace.getName(), payload);
    } catch (IOException | RuntimeException e) {
      // Not what it says: there may be a piece of a message in it.
      log.debug("an event could not be deserialized for its listener: {}", e.getClass().getName());
      connection.countRejection(SocketIoRejectReason.MALFORMED_MESSAGE);
      return;
    }
    var ack = new AckRequest(packet, socket);
    if (namespace.listensTo(name.textValue())) {
      namespace.onEvent(socket, name.textValue(), args, ack);
    } else {
      context.unknownEvents().onUnknownEvent(socket, name.textValue(), ack);
    }
  }
}
