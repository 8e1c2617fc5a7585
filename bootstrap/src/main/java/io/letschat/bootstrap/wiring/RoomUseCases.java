package io.letschat.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.account.Accounts;
import io.letschat.application.account.EmailVerificationPolicy;
import io.letschat.application.account.PasswordHasher;
import io.letschat.application.delivery.cluster.ClusterBus;
import io.letschat.application.delivery.cluster.MembershipListener;
import io.letschat.application.limit.RateLimiter;
import io.letschat.application.room.EndMembership;
import io.letschat.application.room.JoinOrCreateRoom;
import io.letschat.application.room.Memberships;
import io.letschat.application.room.MyRooms;
import io.letschat.application.room.RoomAccess;
import io.letschat.application.room.Rooms;
import java.time.InstantSource;

/** Which rooms there are, and who belongs to them. */
final class RoomUseCases extends AbstractModule {
  /** One for all: to make one takes as long as to try a password. */
  @Provides
  @Singleton
  RoomAccess roomAccess(
      Rooms rooms,
      Memberships memberships,
      PasswordHasher passwords,
      RateLimiter limiter,
      InstantSource clock) {
    return new RoomAccess(rooms, memberships, passwords, limiter, clock);
  }

  @Provides
  JoinOrCreateRoom joinOrCreateRoom(
      Accounts accounts,
      EmailVerificationPolicy emailVerificationPolicy,
      Rooms rooms,
      RoomAccess access,
      PasswordHasher passwords,
      InstantSource clock) {
    return new JoinOrCreateRoom(accounts, emailVerificationPolicy, rooms, access, passwords, clock);
  }

  @Provides
  MyRooms myRooms(Memberships memberships) {
    return new MyRooms(memberships);
  }

  @Provides
  EndMembership endMembership(
      RoomAccess access, Memberships memberships, MembershipListener watch, ClusterBus bus) {
    return new EndMembership(access, memberships, watch, bus);
  }
}
