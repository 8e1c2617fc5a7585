package io.letschat.socketio.namespace;

import com.corundumstudio.socketio.SingleRoomBroadcastOperations;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.store.StoreFactory;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Sends to many clients what was encoded once. Sends with ack callbacks, where each client's packet
 * differs, are the library's own.
 */
final class RoomBroadcastOperations extends SingleRoomBroadcastOperations {
  private final ServerNamespace namespace;
  private final Iterable<SocketIOClient> clients;

  RoomBroadcastOperations(
      ServerNamespace namespace,
      String room,
      Iterable<SocketIOClient> clients,
      StoreFactory storeFactory) {
    super(namespace.getName(), room, clients, storeFactory);
    this.namespace = namespace;
    this.clients = clients;
  }

  @Override
  public void send(Packet packet) {
    OutboundPacket outboundPacket = OutboundPacket.of(packet);
    if (outboundPacket == null) {
      super.send(packet);
    } else {
      send(outboundPacket, client -> false);
    }
  }

  @Override
  public void sendEvent(String name, Object... data) {
    send(OutboundPacket.event(name, Arrays.asList(data)), client -> false);
  }

  @Override
  public void sendEvent(String name, SocketIOClient excludedClient, Object... data) {
    sendEvent(
        name,
        (Predicate<SocketIOClient>)
            client -> client.getSessionId().equals(excludedClient.getSessionId()),
        data);
  }

  @Override
  public void sendEvent(String name, Predicate<SocketIOClient> excludePredicate, Object... data) {
    send(OutboundPacket.event(name, Arrays.asList(data)), excludePredicate);
  }

  private void send(OutboundPacket outboundPacket, Predicate<SocketIOClient> excluded) {
    try (var encoded = new SharedEncoding(outboundPacket, namespace)) {
      for (SocketIOClient client : clients) {
        if (client instanceof ServerSocket served
            && served.isConnected()
            && !excluded.test(client)) {
          served.send(encoded);
        }
      }
    }
  }
}
