package io.letschat.application.delivery;

import static java.util.stream.Collectors.toSet;

import io.letschat.domain.account.UserId;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections of this node: whose they are, and to which rooms each is subscribed. All who want
 * to know that ask here. A subscription counts from its beginning, before it is active and before
 * it is known whether its user is a member: whoever is removed meanwhile is found.
 */
public final class ConnectionRegistry {
  /**
   * Only changed inside {@code compute} of its user.
   *
   * @param rooms those that it is subscribed to; without a member until that is known
   */
  private record Entry(Map<RoomId, Optional<Member>> rooms, boolean open) {
    Entry() {
      this(new ConcurrentHashMap<>(), false);
    }
  }

  private final ConcurrentHashMap<UserId, Map<Connection, Entry>> people =
      new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Connection> open = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<RoomId, Integer> subscribers = new ConcurrentHashMap<>();

  /** The connection is there for what concerns its user, also before it is in any room. */
  public void opened(Connection connection) {
    open.put(connection.id(), connection);
    change(connection, entry -> new Entry(entry.rooms, true));
  }

  /** It is not there any more, except for rooms that it has not left yet. */
  public void closed(Connection connection) {
    open.remove(connection.id(), connection);
    change(connection, entry -> new Entry(entry.rooms, false));
  }

  /** False if it was there. */
  boolean add(RoomId room, Connection connection) {
    var added = new boolean[1];
    change(
        connection,
        entry -> {
          added[0] = entry.rooms.putIfAbsent(room, Optional.empty()) == null;
          return entry;
        });
    if (added[0]) {
      subscribers.merge(room, 1, Integer::sum);
    }
    return added[0];
  }

  /** Without effect for a connection that is not in the room. */
  void admit(Member member, Connection connection) {
    change(
        connection,
        entry -> {
          entry.rooms.replace(member.room().id(), Optional.of(member));
          return entry;
        });
  }

  /** False if it was not there. */
  boolean remove(RoomId room, Connection connection) {
    var removed = new boolean[1];
    change(
        connection,
        entry -> {
          removed[0] = entry.rooms.remove(room) != null;
          return entry;
        });
    if (removed[0]) {
      subscribers.computeIfPresent(room, (id, count) -> count == 1 ? null : count - 1);
    }
    return removed[0];
  }

  private interface Change {
    Entry of(Entry entry);
  }

  private void change(Connection connection, Change change) {
    people.compute(
        connection.user(),
        (user, known) -> {
          Map<Connection, Entry> connections = known == null ? new ConcurrentHashMap<>() : known;
          Entry entry = change.of(connections.getOrDefault(connection, new Entry()));
          if (entry.open || !entry.rooms.isEmpty()) {
            connections.put(connection, entry);
          } else {
            connections.remove(connection);
          }
          return connections.isEmpty() ? null : connections;
        });
  }

  /** Whether the connection is subscribed to the room. */
  public boolean isIn(RoomId room, Connection connection) {
    return rooms(connection).containsKey(room);
  }

  /** As who the connection is in the room; empty while it is not known to be a member's. */
  public Optional<Member> member(RoomId room, Connection connection) {
    return rooms(connection).getOrDefault(room, Optional.empty());
  }

  /** As who the connection is in rooms. */
  public List<Member> memberships(Connection connection) {
    return rooms(connection).values().stream().flatMap(Optional::stream).toList();
  }

  private Map<RoomId, Optional<Member>> rooms(Connection connection) {
    Entry entry = people.getOrDefault(connection.user(), Map.of()).get(connection);
    return entry == null ? Map.of() : entry.rooms;
  }

  /** Those with which the person is here, in whatever room or in none. */
  public List<Connection> connectionsOf(UserId user) {
    return List.copyOf(people.getOrDefault(user, Map.of()).keySet());
  }

  /** Those with which the person is in the room. */
  public List<Connection> connectionsOf(UserId user, RoomId room) {
    return people.getOrDefault(user, Map.of()).entrySet().stream()
        .filter(each -> each.getValue().rooms.containsKey(room))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The rooms in which the person is. */
  public Set<RoomId> roomsOf(UserId user) {
    return people.getOrDefault(user, Map.of()).values().stream()
        .flatMap(entry -> entry.rooms.keySet().stream())
        .collect(toSet());
  }

  /** The rooms in which somebody is. */
  public List<RoomId> rooms() {
    return List.copyOf(subscribers.keySet());
  }

  /** Whether somebody is in the room. */
  public boolean hasSubscribers(RoomId room) {
    return subscribers.containsKey(room);
  }

  /** The open one of that id. */
  public Optional<Connection> connection(String id) {
    return Optional.ofNullable(open.get(id));
  }
}
