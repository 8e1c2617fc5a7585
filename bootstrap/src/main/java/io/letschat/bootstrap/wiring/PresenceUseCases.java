package io.letschat.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.Scheduler;
import io.letschat.application.account.Accounts;
import io.letschat.application.account.EmailVerificationPolicy;
import io.letschat.application.delivery.ConnectionRegistry;
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
  JoinRoom joinRoom(
      EmailVerificationPolicy emailVerificationPolicy,
      Rooms rooms,
      RoomAccess access,
      ConnectionRegistry registry,
      RoomStreams streams,
      MessageLog log,
      RoomPresence presence) {
    return new JoinRoom(emailVerificationPolicy, rooms, access, registry, streams, log, presence);
  }

  @Provides
  LeaveRoom leaveRoom(RoomStreams streams, Typing typing, RoomPresence presence) {
    return new LeaveRoom(streams, typing, presence);
  }

  @Provides
  MembershipListener membershipListener(ConnectionRegistry registry, LeaveRoom leaveRoom) {
    return new RemovedMemberDisconnector(registry, leaveRoom);
  }

  @Provides
  @Singleton
  LocalRoster localRoster(ConnectionRegistry registry) {
    return new LocalRoster(registry);
  }

  @Provides
  @Singleton
  RoomPresence roomPresence(
      ConnectionRegistry registry,
      Presence presence,
      LocalRoster people,
      Accounts accounts,
      Memberships memberships,
      RoomPublisher publisher,
      Scheduler scheduler,
      ClusterBus bus) {
    var roster = new RoomRoster(presence, accounts, memberships);
    return new RoomPresence(registry, presence, people, roster, publisher, scheduler, bus);
  }

  @Provides
  @Singleton
  DisplayNames displayNames(
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
      RoomPublisher publisher,
      RateLimiter limiter,
      Scheduler scheduler,
      InstantSource clock) {
    return new Typing(people, publisher, limiter, scheduler, clock);
  }

  @Provides
  RestoreSubscriptions restoreSubscriptions(
      RoomAccess access, RoomStreams streams, MessageLog log, RoomPresence presence) {
    return new RestoreSubscriptions(access, streams, log, presence);
  }
}
