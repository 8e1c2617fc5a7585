package io.letschat.testkit;

import io.letschat.application.revocation.Revocation;
import io.letschat.application.room.Memberships;
import io.letschat.application.room.Rooms;
import io.letschat.domain.account.PasswordHash;
import io.letschat.domain.account.UserId;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomId;
import io.letschat.domain.room.RoomName;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@link Rooms} and {@link Memberships} in memory. */
public final class InMemoryRooms implements Rooms, Memberships {
  private final InMemoryAccounts accounts;
  private final Map<RoomId, Locked> rooms = new LinkedHashMap<>();
  private final Map<RoomId, Set<UserId>> members = new LinkedHashMap<>();
  private final InMemoryMessageLog log;

  /**
   * @param log where the latest message of a room is looked up
   */
  public InMemoryRooms(InMemoryAccounts accounts, InMemoryMessageLog log) {
    this.accounts = accounts;
    this.log = log;
    log.use(this);
  }

  @Override
  public synchronized Optional<Room> create(
      RoomName name, PasswordHash password, UserId owner, Instant now) {
    if (named(name).isPresent()
        || rooms.values().stream().anyMatch(known -> known.room().name().looksLike(name))) {
      return Optional.empty();
    }
    var room = new Room(new RoomId(rooms.size() + 1L), name, owner);
    rooms.put(room.id(), new Locked(room, password));
    admit(room.id(), owner, now);
    return Optional.of(room);
  }

  @Override
  public synchronized Optional<Locked> named(RoomName name) {
    return rooms.values().stream()
        .filter(locked -> locked.room().name().key().equals(name.key()))
        .findFirst();
  }

  @Override
  public synchronized Optional<Locked> find(RoomId id) {
    return Optional.ofNullable(rooms.get(id));
  }

  @Override
  public synchronized void rehash(RoomId id, PasswordHash old, PasswordHash fresh) {
    rooms.computeIfPresent(
        id,
        (room, locked) ->
            locked.password().equals(old) ? new Locked(locked.room(), fresh) : locked);
  }

  @Override
  public synchronized Optional<Member> of(UserId user, RoomId room) {
    return members.getOrDefault(room, Set.of()).contains(user)
        ? Optional.of(member(user, room))
        : Optional.empty();
  }

  @Override
  public synchronized void admit(RoomId room, UserId user, Instant now) {
    members.computeIfAbsent(room, id -> new LinkedHashSet<>()).add(user);
  }

  @Override
  public synchronized boolean end(RoomId room, UserId user) {
    boolean ended = members.getOrDefault(room, new LinkedHashSet<>()).remove(user);
    if (ended) {
      accounts.revocations().add(new Revocation.OfMembership(room, user));
    }
    return ended;
  }

  @Override
  public synchronized List<Summary> roomsOf(UserId user) {
    return rooms.values().stream()
        .map(Locked::room)
        .filter(room -> of(user, room.id()).isPresent())
        .map(room -> new Summary(room, count(room.id()), latest(room.id())))
        .sorted(
            Comparator.comparing((Summary summary) -> summary.lastMessageAt().orElse(Instant.EPOCH))
                .reversed())
        .toList();
  }

  @Override
  public synchronized List<Member> membersOf(RoomId room) {
    return members.getOrDefault(room, Set.of()).stream()
        .map(user -> member(user, room))
        .sorted(Comparator.comparing(member -> member.name().key()))
        .toList();
  }

  @Override
  public synchronized long count(RoomId room) {
    return members.getOrDefault(room, Set.of()).size();
  }

  private Optional<Instant> latest(RoomId room) {
    return log.before(room, new Seq(Long.MAX_VALUE), 1).stream()
        .findFirst()
        .map(Message::createdAt);
  }

  private Member member(UserId user, RoomId room) {
    Locked locked = Optional.ofNullable(rooms.get(room)).orElseThrow();
    return new Member(locked.room(), user, accounts.nameOf(user).orElseThrow());
  }
}
