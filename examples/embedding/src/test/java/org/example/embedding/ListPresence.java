package org.example.embedding;

import io.letschat.application.presence.Presence;
import io.letschat.domain.account.UserId;
import io.letschat.domain.room.RoomId;



import java.util.ArrayList;
import java.util.List;

/** Presence as simple as can be: a list of who came with which connection. */
final class ListPresence implements Presence {
  private record Arrival(RoomId room, UserId user, String connection) {
    boolean is(RoomId other, UserId user) {
      return room.equals(other) && this.user.equals(user);
    }
  }

  private final List<Arrival> arrivals = new ArrayList<>();

  @Override
  public synchronized Change arrive(RoomId room, UserId user, String connection) {
    var arrival = new Arrival(room, user, connection);
    boolean first = arrivals.stream().noneMatch(each -> each.is(room, user));
    if (!arrivals.contains(arrival)) {
      arrivals.add(arrival);
    }
    return new Change(first, online(room));
  }

  @Override
  public synchronized Change depart(RoomId room, UserId user, String connection) {
    boolean gone =
        arrivals.removeIf(each -> each.is(room, user) && each.connection().equals(connection));
    boolean last = gone && arrivals.stream().noneMatch(each -> each.is(room, user));
    return new Change(last, online(room));
  }

  @Override
  public long online(RoomId room) {
    return latest(room, Integer.MAX_VALUE).size();
  }

  @Override
  public synchronized List<UserId> latest(RoomId room, int most) {
    return arrivals.stream()
        .filter(each -> each.room().equals(room))
        .map(Arrival::user)
        .distinct()
        .toList()
        .reversed()
        .stream()
        .limit(most)
        .toList();
  }
}
