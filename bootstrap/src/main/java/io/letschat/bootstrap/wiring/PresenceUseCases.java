package io.letschat.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.Scheduler;
import io.letschat.application.account.Accounts;
import io.letschat.application.account.EmailVerificationPolicy;
import io.letschat.application.delivery.MessageLog;
import io.letschat.application.delivery.RoomPublisher;
import io.letschat.application.delivery.RoomStreams;
import io.letschat.application.delivery.cluster.ClusterBus;
import io.letschat.application.delivery.cluster.MembershipListener;
import io.letschat.application.delivery.cluster.NameListener;
import io.letschat.application.limit.RateLimiter;
import io.letschat.application.presence.DisplayNames;
import io.letschat.application.presence.JoinRoom;
import io.letschat.application.presence.LeaveRoom;
import io.letschat.application.presence.LocalRoster;
import io.letschat.application.presence.Presence;
import io.letschat.application.presence.RemovedMemberDisconnector;
import io.letschat.application.presence.RoomPresence;
import io.letschat.application.presence.RoomRoster;
import io.letschat.application.presence.Typing;
import io.letschat.application.recovery.RestoreSubscriptions;
import io.letschat.application.room.Memberships;
import io.letschat.application.room.RoomAccess;
import io.letschat.application.room.Rooms;
import java.time.InstantSource;

/** Who is in a room with an open socket. */
final class PresenceUseCases extends AbstractModule {
  @Provides
  @Singleton
  JoinRoom openRoom(
      EmailVerificationPolicy emailVerificationPolicy,
      Rooms rooms,
      RoomAccess access,
      RoomStreams feeds,
      MessageLog log,
      RoomPresence presence) {
    return new JoinRoom(emailVerificationPolicy, rooms, access, feeds, log, presence);
  }

  @Provides
  LeaveRoom closeRoom(RoomStreams feeds, Typing typing, RoomPresence presence) {
    return new LeaveRoom(feeds, typing, presence);
  }

  @Provides
  MembershipListener membershipWatch(RoomStreams feeds, LeaveRoom leaveRoom) {
    return new RemovedMemberDisconnector(feeds, leaveRoom);
  }

  @Provides
  @Singleton
  LocalRoster peopleHere() {
    return new LocalRoster();
  }

  @Provides
  @Singleton
  RoomPresence roomPresence(
      Presence presence,
      LocalRoster people,
      Accounts accounts,
      Memberships memberships,
      RoomPublisher broadcast,
      Scheduler scheduler,
      ClusterBus others) {
    var whoIsThere = new RoomRoster(presence, accounts, memberships);
    return new RoomPresence(presence, people, whoIsThere, broadcast, scheduler, others);
  }

  @Provides
  @Singleton
  DisplayNames currentNames(
      LocalRoster people, Accounts accounts, RoomPresence presence, Scheduler scheduler) {
    return new DisplayNames(people, accounts, presence, scheduler);
  }

  @Provides
  NameListener nameListener(DisplayNames names) {
    return names;
  }

  @Provides
  @Singleton
  Typing typing(
      LocalRoster people,
      RoomPublisher broadcast,
      RateLimiter limiter,
      Scheduler scheduler,
      InstantSource clock) {
    return new Typing(people, broadcast, limiter, scheduler, clock);
  }

  @Provides
  RestoreSubscriptions resumeRooms(
      RoomAccess access, RoomStreams feeds, MessageLog log, RoomPresence presence) {
    return new RestoreSubscriptions(access, feeds, log, presence);
  }
}
