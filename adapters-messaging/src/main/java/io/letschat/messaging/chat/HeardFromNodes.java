package io.letschat.messaging.chat;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import io.letschat.application.node.FromOtherNodes;
import io.letschat.application.room.RoomEvent;
import io.letschat.domain.room.RoomId;
import io.letschat.messaging.relay.RelayListener;
import io.letschat.messaging.relay.RelayedEvent;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sorts what comes from the other servers. From nodes of this program: events of the application,
 * which every socket hears in its dialect. From others, a Node server or a script: events that go
 * to the sockets as they are; only a numbered message is nothing but a hint to look in the log,
 * because there its number belongs to what is on disk.
 */
final class HeardFromNodes implements RelayListener {
  /** What the ids of this program's nodes begin with. */
  static final String OURS = "letschat-";

  private final FromOtherNodes application;
  private final SocketIONamespace namespace;
  private final Runnable missedSomething;

  HeardFromNodes(
      FromOtherNodes application, SocketIONamespace namespace, Runnable missedSomething) {
    this.application = application;
    this.namespace = namespace;
    this.missedSomething = missedSomething;
  }

  @Override
  public void event(RelayedEvent event) {
    Optional<RoomEvent> known =
        event.from().startsWith(OURS)
            ? RelayedEvents.read(event.name(), event.arguments())
            : Optional.empty();
    Optional<RoomId> numbered = RelayedEvents.roomOfMessage(event.name(), event.arguments());
    if (known.isPresent()) {
      application.heard(known.get());
    } else if (numbered.isPresent()) {
      application.heardOfMessage(numbered.get());
    } else {
      pass(event);
    }
  }

  private void pass(RelayedEvent event) {
    Set<SocketIOClient> receivers = new LinkedHashSet<>();
    if (event.rooms().isEmpty()) {
      receivers.addAll(namespace.getAllClients());
    } else {
      event.rooms().forEach(room -> receivers.addAll(in(room)));
    }
    event.except().forEach(room -> receivers.removeAll(in(room)));
    receivers.forEach(client -> client.sendEvent(event.name(), event.arguments().toArray()));
  }

  private Collection<SocketIOClient> in(String room) {
    Collection<SocketIOClient> inRoom = namespace.getRoomOperations(room).getClients();
    return inRoom.isEmpty() ? itself(room) : inRoom;
  }

  /** A socket's id is a room with that socket in it. */
  private List<SocketIOClient> itself(String id) {
    try {
      return Optional.ofNullable(namespace.getClient(UUID.fromString(id))).stream().toList();
    } catch (IllegalArgumentException noId) {
      return List.of();
    }
  }

  @Override
  public void announced(List<@Nullable Object> news) {
    RelayedNews.read(news).ifPresent(application::heard);
  }

  @Override
  public void connected() {
    missedSomething.run();
  }
}
