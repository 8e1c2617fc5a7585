package io.letschat.messaging.cluster;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import io.letschat.domain.room.RoomId;
import io.letschat.messaging.recovery.RecoverySessionWriter;
import io.letschat.messaging.relay.Relay;
import io.letschat.messaging.relay.RelayRequest;
import io.letschat.messaging.socket.ChatSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Socket.IO's rooms as the servers of a cluster see them. Each socket's id is a room with that
 * socket in it; a decimal number is a room of the chat; all others are what servers make of them,
 * and are heard by the relay as long as somebody is in them.
 */
final class AdapterRooms {
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
  private static final int LONGEST_NAME = 256;

  private final SocketIONamespace namespace;
  private final Relay relay;

  /** Those that servers made, and the ids of sockets: who of this node is in them. */
  private final Map<String, Set<UUID>> heard = new HashMap<>();

  private final Map<UUID, Set<String>> ofSocket = new HashMap<>();

  AdapterRooms(SocketIONamespace namespace, Relay relay) {
    this.namespace = namespace;
    this.relay = relay;
  }

  /** The room of the chat that this is the name of, there or not. */
  static Optional<RoomId> ofChat(String name) {
    return NUMBER.matcher(name).matches()
        ? Optional.of(new RoomId(Long.parseLong(name)))
        : Optional.empty();
  }

  synchronized void connected(SocketIOClient client) {
    enter(client, client.getSessionId().toString());
  }

  synchronized void disconnected(SocketIOClient client) {
    for (String room : List.copyOf(ofSocket.getOrDefault(client.getSessionId(), Set.of()))) {
      exit(client, room);
    }
  }

  /**
   * For rooms that are none of the chat's.
   *
   * @return false if the socket is gone, in too many rooms, or the name no good
   */
  synchronized boolean join(SocketIOClient client, String room) {
    if (room.isEmpty() || room.length() > LONGEST_NAME) {
      return false;
    }
    if (isItsOwn(client, room)) {
      return true;
    }
    // What is sent there has no number, so nobody could tell what a lost socket has missed.
    ChatSocket.of(client)
        .flatMap(RecoverySessionWriter::of)
        .ifPresent(RecoverySessionWriter::breakOff);
    client.joinRoom(room);
    boolean joined = client.getAllRooms().contains(room);
    if (joined) {
      enter(client, room);
    }
    return joined;
  }

  /** Without effect on the room that is the socket's own id. */
  synchronized void leave(SocketIOClient client, String room) {
    if (!isItsOwn(client, room)) {
      client.leaveRoom(room);
      exit(client, room);
    }
  }

  private void enter(SocketIOClient client, String room) {
    Set<UUID> inside = heard.computeIfAbsent(room, name -> new HashSet<>());
    if (inside.isEmpty()) {
      relay.listenSoon(room);
    }
    inside.add(client.getSessionId());
    ofSocket.computeIfAbsent(client.getSessionId(), id -> new HashSet<>()).add(room);
  }

  private void exit(SocketIOClient client, String room) {
    UUID id = client.getSessionId();
    ofSocket.computeIfPresent(
        id,
        (socket, rooms) -> {
          rooms.remove(room);
          return rooms.isEmpty() ? null : rooms;
        });
    heard.computeIfPresent(
        room,
        (name, inside) -> {
          if (inside.remove(id) && inside.isEmpty()) {
            relay.ignore(room);
          }
          return inside.isEmpty() ? null : inside;
        });
  }

  /** The sockets of this node that are meant. */
  Set<SocketIOClient> sockets(RelayRequest.Target target) {
    Set<SocketIOClient> sockets = new LinkedHashSet<>();
    if (target.rooms().isEmpty()) {
      sockets.addAll(namespace.getAllClients());
    } else {
      target.rooms().forEach(room -> sockets.addAll(in(room)));
    }
    target.except().forEach(room -> sockets.removeAll(in(room)));
    return sockets;
  }

  private List<SocketIOClient> in(String room) {
    List<SocketIOClient> inside = new ArrayList<>(namespace.getRoomOperations(room).getClients());
    itself(room).ifPresent(inside::add);
    return inside;
  }

  private Optional<SocketIOClient> itself(String room) {
    try {
      return Optional.ofNullable(namespace.getClient(UUID.fromString(room)));
    } catch (IllegalArgumentException noId) {
      return Optional.empty();
    }
  }

  /** The rooms that a socket is in, its id first. */
  Set<String> of(SocketIOClient client) {
    Set<String> rooms = new LinkedHashSet<>();
    rooms.add(client.getSessionId().toString());
    rooms.addAll(client.getAllRooms());
    // The library puts every client into one without a name.
    rooms.remove("");
    return rooms;
  }

  /** All rooms that sockets of this node are in. */
  Set<String> all() {
    Set<String> rooms = new LinkedHashSet<>();
    namespace.getAllClients().forEach(client -> rooms.addAll(of(client)));
    return rooms;
  }

  private static boolean isItsOwn(SocketIOClient client, String room) {
    return client.getSessionId().toString().equals(room);
  }
}
