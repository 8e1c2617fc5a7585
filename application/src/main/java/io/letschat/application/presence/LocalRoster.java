package io.letschat.application.presence;

import io.letschat.application.delivery.ConnectionRegistry;
import io.letschat.application.delivery.Person;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What those are called who have a socket in a room on this node. A socket stays open for days, and
 * what its user was called when it came is no longer right after a renaming: this is.
 */
public final class LocalRoster {
  private final ConnectionRegistry registry;

  /** Only touched inside {@code compute}. */
  private final ConcurrentHashMap<UserId, Username> names = new ConcurrentHashMap<>();

  public LocalRoster(ConnectionRegistry registry) {
    this.registry = registry;
  }

  /** To be called once the connection is subscribed. */
  void arrive(Member member) {
    names.putIfAbsent(member.user(), member.name());
  }

  /**
   * To be called once the connection is not subscribed any more.
   *
   * @return as who the member goes
   */
  Person depart(Member member) {
    Person person = person(member);
    forgetIfGone(member.user());
    return person;
  }

  private void forgetIfGone(UserId user) {
    names.computeIfPresent(user, (id, name) -> registry.roomsOf(id).isEmpty() ? null : name);
  }

  /** By the name that is known to be the newest. */
  Person person(Member member) {
    return new Person(member.user(), nameOf(member.user()).orElse(member.name()));
  }

  /** What somebody is called; empty for who is in no room here. */
  public Optional<Username> nameOf(UserId user) {
    return Optional.ofNullable(names.get(user));
  }

  /**
   * This is what the user is called now.
   *
   * @return the rooms in which the user was called otherwise
   */
  Set<RoomId> called(UserId user, Username name) {
    var renamed = new boolean[1];
    names.computeIfPresent(
        user,
        (id, before) -> {
          renamed[0] = !before.equals(name);
          return name;
        });
    return renamed[0] ? registry.roomsOf(user) : Set.of();
  }

  boolean has(UserId user) {
    return names.containsKey(user);
  }

  List<UserId> all() {
    names.keySet().forEach(this::forgetIfGone);
    return List.copyOf(names.keySet());
  }
}
