package io.letschat.application.presence;

import io.letschat.application.room.Person;
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
  private record Here(Person person, Set<String> connections) {}

  /** Per room, those who came first first. A room's map is only touched inside {@code compute}. */
  private final ConcurrentHashMap<RoomId, LinkedHashMap<UserId, Here>> rooms =
      new ConcurrentHashMap<>();

  @Override
  public boolean arrive(RoomId room, Person person, String connection) {
    var first = new boolean[1];
    rooms.compute(
        room,
        (id, known) -> {
          var people = known == null ? new LinkedHashMap<UserId, Here>() : known;
          Here here = people.get(person.user());
          first[0] = here == null;
          Set<String> connections = here == null ? new HashSet<>() : here.connections;
          connections.add(connection);
          people.put(person.user(), new Here(person, connections));
          return people;
        });
    return first[0];
  }

  @Override
  public boolean depart(RoomId room, UserId user, String connection) {
    var last = new boolean[1];
    rooms.computeIfPresent(
        room,
        (id, people) -> {
          Here here = people.get(user);
          if (here != null && here.connections.remove(connection) && here.connections.isEmpty()) {
            last[0] = true;
            people.remove(user);
          }
          return people.isEmpty() ? null : people;
        });
    return last[0];
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
  public List<Person> latest(RoomId room, int most) {
    var latest = new ArrayList<Person>();
    rooms.computeIfPresent(
        room,
        (id, people) -> {
          people.sequencedValues().reversed().stream()
              .limit(most)
              .map(Here::person)
              .forEach(latest::add);
          return people;
        });
    return List.copyOf(latest);
  }
}
