package io.letschat.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.Scheduler;
import io.letschat.application.account.VerifiedOnly;
import io.letschat.application.limit.RateLimiter;
import io.letschat.application.message.MessageLog;
import io.letschat.application.message.RoomBroadcast;
import io.letschat.application.message.RoomFeeds;
import io.letschat.application.presence.CloseRoom;
import io.letschat.application.presence.OpenRoom;
import io.letschat.application.presence.Presence;
import io.letschat.application.presence.RoomPresence;
import io.letschat.application.presence.SendAway;
import io.letschat.application.presence.Typing;
import io.letschat.application.recovery.ResumeRooms;
import io.letschat.application.room.MembershipWatch;
import io.letschat.application.room.Memberships;
import io.letschat.application.room.OtherNodes;
import io.letschat.application.room.RoomAccess;
import io.letschat.application.room.Rooms;
import java.time.InstantSource;

/** Who is in a room with an open socket. */
final class PresenceModule extends AbstractModule {
  @Provides
  OpenRoom openRoom(
      VerifiedOnly verifiedOnly,
      Rooms rooms,
      RoomAccess access,
      RoomFeeds feeds,
      MessageLog log,
      RoomPresence presence) {
    return new OpenRoom(verifiedOnly, rooms, access, feeds, log, presence);
  }

  @Provides
  CloseRoom closeRoom(RoomFeeds feeds, Typing typing, RoomPresence presence) {
    return new CloseRoom(feeds, typing, presence);
  }

  @Provides
  MembershipWatch membershipWatch(RoomFeeds feeds, CloseRoom closeRoom) {
    return new SendAway(feeds, closeRoom);
  }

  @Provides
  @Singleton
  RoomPresence roomPresence(
      Presence presence,
      Memberships memberships,
      RoomBroadcast broadcast,
      Scheduler scheduler,
      OtherNodes others) {
    return new RoomPresence(presence, memberships, broadcast, scheduler, others);
  }

  @Provides
  @Singleton
  Typing typing(
      RoomBroadcast broadcast, RateLimiter limiter, Scheduler scheduler, InstantSource clock) {
    return new Typing(broadcast, limiter, scheduler, clock);
  }

  @Provides
  ResumeRooms resumeRooms(
      RoomAccess access, RoomFeeds feeds, MessageLog log, RoomPresence presence) {
    return new ResumeRooms(access, feeds, log, presence);
  }
}
