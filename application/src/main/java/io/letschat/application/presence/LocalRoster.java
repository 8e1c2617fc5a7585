package io.letschat.application.presence;

import io.letschat.application.delivery.Connection;
import io.letschat.application.delivery.Person;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Those who have a socket in a room on this node, and what they are called. A socket stays open for
 * days, and what its user was called when it came is no longer right after a renaming: this is.
 */
public final class LocalRoster {
  private record Place(RoomId room, String connection) {}

  /** Its places are only touched inside {@code compute}. */
  private record Here(Username name, Set<Place> places) {}

  private final ConcurrentHashMap<UserId, Here> people = new ConcurrentHashMap<>();

  void arrive(Member member, Connection connection) {
    people.compute(
        member.user(),
        (user, known) -> {
          Here here = known == null ? new Here(member.name(), new HashSet<>()) : known;
          here.places.add(place(member, connection));
          return here;
        });
  }

  /** As who the member goes. Without effect if the socket is not there. */
  Person depart(Member member, Connection connection) {
    Person person = person(member);
    people.computeIfPresent(
        member.user(),
        (user, here) -> {
          here.places.remove(place(member, connection));
          return here.places.isEmpty() ? null : here;
        });
    return person;
  }

  /** By the name that is known to be the newest. */
  Person person(Member member) {
    return new Person(member.user(), nameOf(member.user()).orElse(member.name()));
  }

  /** What somebody is called; empty for who is in no room here. */
  public Optional<Username> nameOf(UserId user) {
    return Optional.ofNullable(people.get(user)).map(Here::name);
  }

  /**
   * This is what the user is called now.
   *
   * @return the rooms in which the user was called otherwise
   */
  Set<RoomId> called(UserId user, Username name) {
    Set<RoomId> rooms = new HashSet<>();
    people.computeIfPresent(
        user,
        (id, here) -> {
          if (here.name.equals(name)) {
            return here;
          }
          here.places.stream().map(Place::room).forEach(rooms::add);
          return new Here(name, here.places);
        });
    return rooms;
  }

  /** The rooms in which somebody is. */
  List<RoomId> rooms() {
    return people.values().stream()
        .flatMap(here -> here.places.stream())
        .map(Place::room)
        .distinct()
        .toList();
  }

  boolean has(UserId user) {
    return people.containsKey(user);
  }

  List<UserId> all() {
    return List.copyOf(people.keySet());
  }

  private static Place place(Member member, Connection connection) {
    return new Place(member.room().id(), connection.id());
  }
}
