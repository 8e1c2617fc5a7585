package io.letschat.application.presence;

import io.letschat.domain.account.UserId;
import io.letschat.domain.room.RoomId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Presence in the process: for one node. */
public final class LocalPresence implements Presence {
  /**
   * Per room the sockets of each, those who came first first. A room's map is only touched inside
   * {@code compute}.
   */
  private final ConcurrentHashMap<RoomId, LinkedHashMap<UserId, Set<String>>> rooms =
      new ConcurrentHashMap<>();

  @Override
  public Change arrive(RoomId room, UserId user, String connection) {
    var outcome = new Change[1];
    rooms.compute(
        room,
        (id, known) -> {
          var people = known == null ? new LinkedHashMap<UserId, Set<String>>() : known;
          boolean first = !people.containsKey(user);
          people.computeIfAbsent(user, somebody -> new HashSet<>()).add(connection);
          outcome[0] = new Change(first, people.size());
          return people;
        });
    return outcome[0];
  }

  @Override
  public Change depart(RoomId room, UserId user, String connection) {
    var outcome = new Change[] {new Change(false, 0)};
    rooms.computeIfPresent(
        room,
        (id, people) -> {
          Set<String> connections = people.get(user);
          boolean last =
              connections != null && connections.remove(connection) && connections.isEmpty();
          if (last) {
            people.remove(user);
          }
          outcome[0] = new Change(last, people.size());
          return people.isEmpty() ? null : people;
        });
    return outcome[0];
  }

  @Override
  public long online(RoomId room) {
    var count = new int[1];
    rooms.computeIfPresent(
        room,
        (id, people) -> {
          count[0] = people.size();
          return people;
        });
    return count[0];
  }

  @Override
  public List<UserId> latest(RoomId room, int most) {
    var latest = new ArrayList<UserId>();
    rooms.computeIfPresent(
        room,
        (id, people) -> {
          people.sequencedKeySet().reversed().stream().limit(most).forEach(latest::add);
          return people;
        });
    return List.copyOf(latest);
  }
}
