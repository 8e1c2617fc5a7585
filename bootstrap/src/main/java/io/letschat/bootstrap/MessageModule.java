package io.letschat.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.Scheduler;
import io.letschat.application.limit.RateLimiter;
import io.letschat.application.message.Delivery;
import io.letschat.application.message.FeedWatch;
import io.letschat.application.message.MessageLog;
import io.letschat.application.message.ReadHistory;
import io.letschat.application.message.RoomBroadcast;
import io.letschat.application.message.RoomFeeds;
import io.letschat.application.message.SendMessage;
import io.letschat.application.room.OtherNodes;
import io.letschat.application.room.RoomAccess;
import io.letschat.application.room.RoomAudience;
import java.time.InstantSource;

/** What is said, kept and told. */
final class MessageModule extends AbstractModule {
  @Provides
  @Singleton
  RoomFeeds roomFeeds(
      MessageLog log,
      RoomAudience audience,
      Scheduler scheduler,
      OtherNodes others,
      FeedWatch watch) {
    return new RoomFeeds(log, audience, scheduler, others, watch);
  }

  @Provides
  RoomBroadcast roomBroadcast(RoomFeeds feeds, RoomAudience audience, OtherNodes others) {
    return new RoomBroadcast(feeds, audience, others);
  }

  @Provides
  Delivery delivery(MessageLog log, RoomFeeds feeds, RoomBroadcast broadcast) {
    return new Delivery(log, feeds, broadcast);
  }

  @Provides
  SendMessage sendMessage(
      RoomAccess access,
      RateLimiter limiter,
      MessageLog log,
      Delivery delivery,
      InstantSource clock) {
    return new SendMessage(access, limiter, log, delivery, clock);
  }

  @Provides
  ReadHistory readHistory(RoomAccess access, MessageLog log) {
    return new ReadHistory(access, log);
  }
}
