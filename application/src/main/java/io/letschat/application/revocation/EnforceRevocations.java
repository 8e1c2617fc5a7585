package io.letschat.application.revocation;

import io.letschat.application.account.Accounts;
import io.letschat.application.delivery.ConnectionRegistry;
import io.letschat.application.delivery.cluster.MembershipListener;
import io.letschat.application.delivery.cluster.SessionListener;
import io.letschat.application.room.Memberships;
import io.letschat.application.room.Rooms;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets go, on this node, of what was ended anywhere: reads in the database what has been added to
 * the list of {@link Revocations} since the last time, whatever the nodes told each other. Only
 * where it lost its place in the list everything that is open is compared.
 */
public final class EnforceRevocations {
  /** How often it has to be called. */
  public static final Duration PAUSE = Duration.ofSeconds(1);

  /** After so long some of the list may have been forgotten. */
  private static final Duration LONGEST_GAP = Revocations.KEPT.dividedBy(2);

  private final Revocations revocations;
  private final SessionListener sessions;
  private final MembershipListener watch;
  private final ConnectionRegistry registry;
  private final Rooms rooms;
  private final Memberships memberships;
  private final Accounts accounts;
  private final Runnable compareEverything;
  private final InstantSource clock;

  private record Read(Revocations.Position position, Instant at) {}

  private final ReentrantLock oneAtATime = new ReentrantLock();
  private Optional<Read> last = Optional.empty();

  /**
   * @param sessions closes the sockets of this node
   * @param watch lets the sockets of this node leave a room
   * @param compareEverything asks for every open socket whether its session and its memberships are
   *     still there
   */
  public EnforceRevocations(
      Revocations revocations,
      SessionListener sessions,
      MembershipListener watch,
      ConnectionRegistry registry,
      Rooms rooms,
      Memberships memberships,
      Accounts accounts,
      Runnable compareEverything,
      InstantSource clock) {
    this.revocations = revocations;
    this.sessions = sessions;
    this.watch = watch;
    this.registry = registry;
    this.rooms = rooms;
    this.memberships = memberships;
    this.accounts = accounts;
    this.compareEverything = compareEverything;
    this.clock = clock;
  }

  /**
   * Everything that was ended before the call is let go of when it returns. The first call, which
   * is to be made before anybody is let in, only finds the end of the list.
   *
   * @throws io.letschat.application.StoreUnavailable if the database cannot be asked: then nothing
   *     is let go of, and the next call goes on from where the last one was
   */
  public void enforce() {
    oneAtATime.lock();
    try {
      Instant now = clock.instant();
      if (last.isEmpty()) {
        last = Optional.of(new Read(revocations.end(), now));
        return;
      }
      Read from = last.get();
      if (from.at.plus(LONGEST_GAP).isAfter(now)
          && revocations.since(from.position) instanceof Revocations.Some(var added, var next)) {
        added.forEach(this::enforce);
        last = Optional.of(new Read(next, now));
      } else {
        Revocations.Position end = revocations.end();
        compareEverything.run();
        last = Optional.of(new Read(end, now));
      }
    } finally {
      oneAtATime.unlock();
    }
  }

  private void enforce(Revocation revocation) {
    switch (revocation) {
      case Revocation.OfSession(var session) -> sessions.ended(session);
      case Revocation.OfMembership(var room, var user) -> {
        if (!registry.connectionsOf(user, room).isEmpty() && memberships.of(user, room).isEmpty()) {
          member(room, user).ifPresent(watch::ended);
        }
      }
    }
  }

  private Optional<Member> member(RoomId room, UserId user) {
    Map<UserId, Username> names = accounts.names(List.of(user));
    return rooms
        .find(room)
        .flatMap(locked ->
            Optional.ofNullable(names.get(user))
                .map(name -> new Member(locked.room(), user, name)));
  }
}
