package io.letschat.application.room;

import io.letschat.application.account.PasswordHasher;
import io.letschat.application.account.PasswordMatcher;
import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.limit.FailedAttemptLimiter;
import io.letschat.application.limit.RateLimiter;
import io.letschat.domain.account.PasswordHash;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomId;
import io.letschat.domain.room.RoomPassword;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The only door to a room. Through it one gets a {@link Member}, and only with one can anything be
 * done in the room.
 */
public final class RoomAccess {
  /** What the door says. */
  public sealed interface Entry {}

  public record Admitted(Member member) implements Entry {}

  public record WrongPassword() implements Entry {}

  /** Too many wrong passwords for this room, by this account or from this address. */
  public record TooOften(Duration retryAfter) implements Entry {}

  private interface Rehash {
    void keep(RoomId room, PasswordHash old, PasswordHash fresh);
  }

  private final Memberships memberships;
  private final Rehash rehash;
  private final PasswordMatcher passwords;
  private final RateLimiter limiter;
  private final InstantSource clock;
  private final PasswordHash nobodysPassword;

  public RoomAccess(
      Rooms rooms,
      Memberships memberships,
      PasswordHasher passwords,
      RateLimiter limiter,
      InstantSource clock) {
    this(memberships, rooms::rehash, passwords, limiter, clock);
  }

  /** One that leaves the hashes of rooms as they are. */
  public RoomAccess(
      Memberships memberships, PasswordHasher passwords, RateLimiter limiter, InstantSource clock) {
    this(memberships, (room, old, fresh) -> {}, passwords, limiter, clock);
  }

  private RoomAccess(
      Memberships memberships,
      Rehash rehash,
      PasswordHasher passwords,
      RateLimiter limiter,
      InstantSource clock) {
    this.memberships = memberships;
    this.rehash = rehash;
    this.passwords = new PasswordMatcher(passwords);
    this.limiter = limiter;
    this.clock = clock;
    this.nobodysPassword = passwords.hash("the password of a room that is not there");
  }

  /**
   * For those who belong to the room. Empty alike for rooms that are absent and rooms of others.
   */
  public Optional<Member> member(AuthenticatedUser who, RoomId room) {
    return memberships.of(who.user(), room);
  }

  /**
   * For those who bring the password; makes them members. The account must have a username. A room
   * that is absent answers as if the password were wrong, after as many tries and as much time.
   *
   * @param locked empty if there is no such room
   */
  public Entry unlock(
      AuthenticatedUser who,
      RoomId room,
      Optional<Rooms.Locked> locked,
      RoomPassword password,
      String clientAddress) {
    var failures =
        new FailedAttemptLimiter(
            limiter,
            Limit.ROOM_PASSWORD,
            "account:" + who.account().id().value() + ":room:" + room,
            "address:" + clientAddress + ":room:" + room);
    if (failures.tried() instanceof RateLimiter.Exceeded(var retryAfter)) {
      return new TooOften(retryAfter);
    }
    PasswordHash hash = locked.map(Rooms.Locked::password).orElse(nobodysPassword);
    PasswordMatcher.Match match = passwords.match(password.secret(), hash);
    if (!match.right() || locked.isEmpty()) {
      return new WrongPassword();
    }
    failures.succeeded();
    match.fresh().ifPresent(fresh -> rehash.keep(room, hash, fresh));
    memberships.admit(room, who.user(), clock.instant());
    return new Admitted(memberships.of(who.user(), room).orElseThrow());
  }
}
