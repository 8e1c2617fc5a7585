package io.letschat.application.presence;

import io.letschat.application.RequestCoalescer;
import io.letschat.application.account.Accounts;
import io.letschat.application.delivery.Person;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.room.Memberships;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.domain.room.RoomId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The list of the people in a room, by the names that they have when it is made. */
public final class RoomRoster {
  private final Presence presence;
  private final Accounts accounts;
  private final RequestCoalescer<RoomId, Long> members;

  public RoomRoster(Presence presence, Accounts accounts, Memberships memberships) {
    this.presence = presence;
    this.accounts = accounts;
    this.members = new RequestCoalescer<>(memberships::count);
  }

  RoomEvent.OnlineUsers list(RoomId room, boolean someoneCame) {
    return new RoomEvent.OnlineUsers(
        room,
        named(presence.latest(room, RoomPresence.LISTED)),
        presence.online(room),
        members(room),
        someoneCame);
  }

  /** Counted together for all who come at the same time. */
  long members(RoomId room) {
    return members.read(room);
  }

  /** In the same order. */
  List<Person> named(List<UserId> users) {
    if (users.isEmpty()) {
      return List.of();
    }
    Map<UserId, Username> names = accounts.names(users);
    return users.stream()
        .flatMap(user ->
            Optional.ofNullable(names.get(user)).map(name -> new Person(user, name)).stream())
        .toList();
  }
}
