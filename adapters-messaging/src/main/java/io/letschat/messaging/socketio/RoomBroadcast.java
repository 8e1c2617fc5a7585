package io.letschat.messaging.socketio;

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
final class RoomBroadcast extends SingleRoomBroadcastOperations {
  private final ServedNamespace namespace;
  private final Iterable<SocketIOClient> clients;

  RoomBroadcast(
      ServedNamespace namespace,
      String room,
      Iterable<SocketIOClient> clients,
      StoreFactory storeFactory) {
    super(namespace.getName(), room, clients, storeFactory);
    this.namespace = namespace;
    this.clients = clients;
  }

  @Override
  public void send(Packet packet) {
    Outgoing outgoing = Outgoing.of(packet);
    if (outgoing == null) {
      super.send(packet);
    } else {
      send(outgoing, client -> false);
    }
  }

  @Override
  public void sendEvent(String name, Object... data) {
    send(Outgoing.event(name, Arrays.asList(data)), client -> false);
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
    send(Outgoing.event(name, Arrays.asList(data)), excludePredicate);
  }

  private void send(Outgoing outgoing, Predicate<SocketIOClient> excluded) {
    try (var encoded = new Encoded(outgoing, namespace)) {
      for (SocketIOClient client : clients) {
        if (client instanceof ServedClient served
            && served.isConnected()
            && !excluded.test(client)) {
          served.send(encoded);
        }
      }
    }
  }
}
