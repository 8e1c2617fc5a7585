package io.letschat.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.Scheduler;
import io.letschat.application.account.Accounts;
import io.letschat.application.account.NameWatch;
import io.letschat.application.account.VerifiedOnly;
import io.letschat.application.limit.RateLimiter;
import io.letschat.application.message.MessageLog;
import io.letschat.application.message.RoomBroadcast;
import io.letschat.application.message.RoomFeeds;
import io.letschat.application.presence.CloseRoom;
import io.letschat.application.presence.CurrentNames;
import io.letschat.application.presence.OpenRoom;
import io.letschat.application.presence.PeopleHere;
import io.letschat.application.presence.Presence;
import io.letschat.application.presence.RoomPresence;
import io.letschat.application.presence.SendAway;
import io.letschat.application.presence.Typing;
import io.letschat.application.presence.WhoIsThere;
import io.letschat.application.recovery.ResumeRooms;
import io.letschat.application.room.MembershipWatch;
import io.letschat.application.room.Memberships;
import io.letschat.application.room.NodeNews;
import io.letschat.application.room.OtherNodes;
import io.letschat.application.room.RoomAccess;
import io.letschat.application.room.Rooms;
import java.time.InstantSource;

/** Who is in a room with an open socket. */
final class PresenceModule extends AbstractModule {
  @Provides
  @Singleton
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
  PeopleHere peopleHere() {
    return new PeopleHere();
  }

  @Provides
  @Singleton
  RoomPresence roomPresence(
      Presence presence,
      PeopleHere people,
      Accounts accounts,
      Memberships memberships,
      RoomBroadcast broadcast,
      Scheduler scheduler,
      OtherNodes others) {
    var whoIsThere = new WhoIsThere(presence, accounts, memberships);
    return new RoomPresence(presence, people, whoIsThere, broadcast, scheduler, others);
  }

  @Provides
  @Singleton
  CurrentNames currentNames(
      PeopleHere people, Accounts accounts, RoomPresence presence, Scheduler scheduler) {
    return new CurrentNames(people, accounts, presence, scheduler);
  }

  @Provides
  NameWatch nameWatch(CurrentNames names, OtherNodes others) {
    return user -> {
      names.renamed(user);
      others.announce(new NodeNews.Renamed(user));
    };
  }

  @Provides
  @Singleton
  Typing typing(
      PeopleHere people,
      RoomBroadcast broadcast,
      RateLimiter limiter,
      Scheduler scheduler,
      InstantSource clock) {
    return new Typing(people, broadcast, limiter, scheduler, clock);
  }

  @Provides
  ResumeRooms resumeRooms(
      RoomAccess access, RoomFeeds feeds, MessageLog log, RoomPresence presence) {
    return new ResumeRooms(access, feeds, log, presence);
  }
}
