package io.letschat.testkit;

import io.letschat.application.delivery.Connection;
import io.letschat.application.delivery.LocalSubscribers;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.domain.room.RoomId;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** {@link LocalSubscribers} that hands events straight to the connections. */
public final class InMemorySubscribers implements LocalSubscribers {
  private final Map<RoomId, Set<Connection>> rooms = new ConcurrentHashMap<>();

  @Override
  public synchronized void add(RoomId room, Connection connection) {
    rooms.computeIfAbsent(room, id -> new LinkedHashSet<>()).add(connection);
  }

  @Override
  public synchronized void remove(RoomId room, Connection connection) {
    rooms.getOrDefault(room, new LinkedHashSet<>()).remove(connection);
  }

  @Override
  public synchronized void send(RoomEvent event) {
    for (Connection connection : rooms.getOrDefault(event.room(), Set.of())) {
      if (!event.notTo().equals(Optional.of(connection.user()))) {
        connection.send(event);
      }
    }
  }
}
