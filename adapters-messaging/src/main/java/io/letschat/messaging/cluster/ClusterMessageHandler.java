package io.letschat.messaging.cluster;

import com.corundumstudio.socketio.BroadcastOperations;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.delivery.cluster.ClusterEvent;
import io.letschat.application.delivery.cluster.ClusterEventHandler;
import io.letschat.domain.room.RoomId;
import io.letschat.messaging.relay.RelayListener;
import io.letschat.messaging.relay.RelayRequest;
import io.letschat.messaging.relay.RelayedEvent;
import io.letschat.messaging.socket.ChatMetrics;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sorts what comes from the other servers. From nodes of this program: events of the application,
 * which every socket hears in its dialect. From others, a Node server or a script: events that go
 * to the sockets as they are; only a numbered message is nothing but a hint to look in the log,
 * because there its number belongs to what is on disk.
 *
 * <p>What nodes of this program say in other words for the sake of other servers is not for us.
 */
final class ClusterMessageHandler implements RelayListener {
  private final KnownNodes nodes;
  private final ClusterEventHandler application;
  private final SocketIONamespace namespace;
  private final AdapterRooms rooms;
  private final ClusterRequestHandler servers;
  private final ChatMetrics metrics;

  ClusterMessageHandler(
      KnownNodes nodes,
      ClusterEventHandler application,
      SocketIONamespace namespace,
      AdapterRooms rooms,
      ClusterRequestHandler servers,
      ChatMetrics metrics) {
    this.nodes = nodes;
    this.application = application;
    this.namespace = namespace;
    this.rooms = rooms;
    this.servers = servers;
    this.metrics = metrics;
  }

  @Override
  public void event(RelayedEvent event) {
    KnownNodes.Kind from = nodes.of(event.from());
    if (from == KnownNodes.Kind.OTHER_INSTALLATION) {
      refused("another_installation");
      return;
    }
    boolean ours = from == KnownNodes.Kind.OURS;
    Optional<RoomEvent> known;
    try {
      known = ours ? ClusterEventCodec.read(event.name(), event.arguments()) : Optional.empty();
    } catch (RuntimeException damaged) {
      refused("malformed");
      return;
    }
    Optional<RoomId> numbered = ClusterEventCodec.roomOfMessage(event.name(), event.arguments());
    if (known.isPresent()) {
      application.handle(known.get());
    } else if (numbered.isPresent()) {
      application.messageMayBeIn(numbered.get());
    } else if (!ours) {
      pass(event);
    }
  }

  private void pass(RelayedEvent event) {
    Set<SocketIOClient> receivers =
        rooms.sockets(new RelayRequest.Target(event.rooms(), event.except()));
    if (event.droppable()) {
      receivers.removeIf(client -> !client.isWritable());
    }
    Object[] arguments = event.arguments().toArray();
    if (receivers.size() > 1) {
      // Encoded once for all of them; those that are left are not in a room but meant by their id.
      broadcast(event.rooms())
          .sendEvent(event.name(), client -> !receivers.remove(client), arguments);
    }
    receivers.forEach(client -> client.sendEvent(event.name(), arguments));
  }

  private BroadcastOperations broadcast(List<String> names) {
    return names.isEmpty()
        ? namespace.getBroadcastOperations()
        : namespace.getRoomOperations(names.toArray(String[]::new));
  }

  @Override
  public void asked(RelayRequest request) {
    servers.asked(request);
  }

  @Override
  public void refused(String reason) {
    metrics.refusedByRelay(reason);
  }

  @Override
  public void announced(List<@Nullable Object> news) {
    Optional<ClusterEvent> known;
    try {
      known = ControlMessageCodec.read(news);
    } catch (RuntimeException damaged) {
      refused("malformed");
      return;
    }
    known.ifPresent(application::handle);
  }

  @Override
  public void connected() {
    application.connected();
  }
}
