package io.letschat.testkit;

import io.letschat.application.account.Accounts;
import io.letschat.application.account.code.OneTimeCodes;
import io.letschat.application.account.session.Sessions;
import io.letschat.application.delivery.MessageLog;
import io.letschat.application.media.Uploads;
import io.letschat.application.revocation.Revocations;
import io.letschat.application.room.Memberships;
import io.letschat.application.room.Rooms;
import io.letschat.domain.account.Account;
import io.letschat.domain.account.Device;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.PasswordHash;
import io.letschat.domain.account.Session;
import io.letschat.domain.account.SessionId;
import io.letschat.domain.account.Username;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomName;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The stores of one adapter, empty or not, over the same data: what the contracts are held against.
 */
public record Stores(
    Accounts accounts,
    Sessions sessions,
    OneTimeCodes codes,
    Rooms rooms,
    Memberships memberships,
    MessageLog log,
    Uploads uploads,
    Revocations revocations) {
  public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  static final PasswordHash HASH =
      new PasswordHash("$2a$10$abcdefghijklmnopqrstuuTDLVcyrbTpWX8jqyIYXOkCQbYHVQbQy");

  public static Stores inMemory() {
    var accounts = new InMemoryAccounts();
    var log = new InMemoryMessageLog(accounts);
    var rooms = new InMemoryRooms(accounts, log);
    return new Stores(
        accounts,
        new InMemorySessions(accounts),
        new InMemoryOneTimeCodes(),
        rooms,
        rooms,
        log,
        new InMemoryUploads(log),
        accounts.revocations());
  }

  /** Somebody new with a name that nobody else has. */
  public Account someone() {
    String name = unique();
    var added =
        accounts.add(
            EmailAddress.of(name + "@example.org"), Optional.of(Username.of(name)), HASH, NOON);
    if (added instanceof Accounts.Added(var account)) {
      return account;
    }
    throw new IllegalStateException("taken: " + name);
  }

  /** The session that each {@link Member} of these methods has. */
  public static SessionId sessionOf(Member member) {
    return new SessionId(String.format("session-%016d", member.user().value()));
  }

  /** A new room and its owner. */
  public Member roomAndOwner() {
    Account owner = someone();
    Room room = rooms.create(RoomName.of(unique()), HASH, owner.user(), NOON).orElseThrow();
    return signedIn(owner, memberships.of(owner.user(), room.id()).orElseThrow());
  }

  /** Another member of the room. */
  public Member join(Room room) {
    Account account = someone();
    memberships.admit(room.id(), account.user(), NOON);
    return signedIn(account, memberships.of(account.user(), room.id()).orElseThrow());
  }

  /** With the session in whose name the member sends. */
  Member signedIn(Account account, Member member) {
    sessions.open(Session.opened(sessionOf(member), account, Device.of("", "192.0.2.1"), NOON));
    return member;
  }

  /** A name that no other test has. */
  static String unique() {
    return "n" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
  }
}
