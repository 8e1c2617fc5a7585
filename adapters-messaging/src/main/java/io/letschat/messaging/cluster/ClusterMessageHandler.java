package io.letschat.messaging.cluster;

import com.corundumstudio.socketio.BroadcastOperations;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import io.letschat.application.delivery.cluster.ClusterEventHandler;
import io.letschat.domain.room.RoomId;
import io.letschat.messaging.relay.RelayListener;
import io.letschat.messaging.relay.RelayRequest;
import io.letschat.messaging.relay.RelayedEvent;
import io.letschat.messaging.socket.ChatMetrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sorts what comes from the other servers. From nodes of this program: events of the application,
 * which every socket hears in its dialect. From others, a Node server or a script: events that go
 * to the sockets as they are; only a numbered message is nothing but a hint to look in the log,
 * because there its number belongs to what is on disk.
 *
 * <p>What nodes of this program say as clients hear it, for the sake of other servers, is not for
 * us; a node of an earlier version says nothing else, and its messages are read from the log.
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
    Optional<RoomId> numbered = roomOfMessage(event.name(), event.arguments());
    switch (nodes.of(event.from())) {
      case OTHER_INSTALLATION -> refused("another_installation");
      // It has said the same to us in our own words.
      case OURS -> {}
      case EARLIER_VERSION -> numbered.ifPresent(application::messageMayBeIn);
      case OTHER_SERVER -> numbered.ifPresentOrElse(application::messageMayBeIn, () -> pass(event));
    }
  }

  /** The room of a numbered message, whoever has sent it. */
  static Optional<RoomId> roomOfMessage(String name, List<@Nullable Object> arguments) {
    return name.equals("new message")
            && !arguments.isEmpty()
            && arguments.getFirst() instanceof Map<?, ?> fields
            && fields.get("seq") instanceof Long
            && fields.get("room_id") instanceof Long room
        ? Optional.of(new RoomId(room))
        : Optional.empty();
  }

  @Override
  public void nodeEvent(String from, List<@Nullable Object> event) {
    if (nodes.of(from) == KnownNodes.Kind.OTHER_INSTALLATION) {
      refused("another_installation");
    } else {
      read(from, ClusterEventCodec::read, event).ifPresent(application::handle);
    }
  }

  /** Empty, too, for what is damaged or only known to newer nodes, which is said. */
  private <E> Optional<E> read(
      String from,
      Function<List<@Nullable Object>, Optional<E>> codec,
      List<@Nullable Object> written) {
    try {
      Optional<E> known = codec.apply(written);
      if (known.isEmpty()) {
        nodes.saysWhatIsUnknown(from);
      }
      return known;
    } catch (RuntimeException damaged) {
      refused("malformed");
      return Optional.empty();
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
  public void announced(String from, List<@Nullable Object> news) {
    read(from, ControlMessageCodec::read, news).ifPresent(application::handle);
  }

  @Override
  public void connected() {
    application.connected();
  }
}
