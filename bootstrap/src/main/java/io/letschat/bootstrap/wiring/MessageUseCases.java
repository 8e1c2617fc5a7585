package io.letschat.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.Scheduler;
import io.letschat.application.delivery.ConnectionRegistry;
import io.letschat.application.delivery.DeliveryObserver;
import io.letschat.application.delivery.LocalDelivery;
import io.letschat.application.delivery.LocalSubscribers;
import io.letschat.application.delivery.MessageLog;
import io.letschat.application.delivery.MessagePublisher;
import io.letschat.application.delivery.RoomPublisher;
import io.letschat.application.delivery.RoomStreams;
import io.letschat.application.delivery.cluster.ClusterBus;
import io.letschat.application.limit.RateLimiter;
import io.letschat.application.message.ReadHistory;
import io.letschat.application.message.SendMessage;
import io.letschat.application.room.RoomAccess;
import java.time.InstantSource;

/** What is said, kept and told. */
final class MessageUseCases extends AbstractModule {
  @Provides
  @Singleton
  ConnectionRegistry connectionRegistry() {
    return new ConnectionRegistry();
  }

  @Provides
  @Singleton
  RoomStreams roomStreams(
      MessageLog log,
      ConnectionRegistry registry,
      LocalSubscribers subscribers,
      Scheduler scheduler,
      ClusterBus bus,
      DeliveryObserver watch) {
    return new RoomStreams(log, registry, subscribers, scheduler, bus, watch);
  }

  @Provides
  LocalDelivery localDelivery(ConnectionRegistry registry, LocalSubscribers subscribers) {
    return new LocalDelivery(registry, subscribers);
  }

  @Provides
  RoomPublisher roomPublisher(RoomStreams streams, LocalDelivery here, ClusterBus bus) {
    return new RoomPublisher(streams, here, bus);
  }

  @Provides
  MessagePublisher messagePublisher(MessageLog log, RoomStreams streams, RoomPublisher publisher) {
    return new MessagePublisher(log, streams, publisher);
  }

  @Provides
  SendMessage sendMessage(
      RoomAccess access,
      RateLimiter limiter,
      MessageLog log,
      MessagePublisher messagePublisher,
      InstantSource clock) {
    return new SendMessage(access, limiter, log, messagePublisher, clock);
  }

  @Provides
  ReadHistory readHistory(RoomAccess access, MessageLog log) {
    return new ReadHistory(access, log);
  }
}
