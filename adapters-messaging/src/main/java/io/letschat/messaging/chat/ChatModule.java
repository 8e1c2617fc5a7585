package io.letschat.messaging.chat;

import com.corundumstudio.socketio.SocketIOServer;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.Scheduler;
import io.letschat.application.account.Accounts;
import io.letschat.application.account.Authenticate;
import io.letschat.application.account.AuthenticationQueue;
import io.letschat.application.account.SessionCookies;
import io.letschat.application.account.SessionWatch;
import io.letschat.application.message.FeedWatch;
import io.letschat.application.message.RoomFeeds;
import io.letschat.application.message.SendMessage;
import io.letschat.application.presence.CloseRoom;
import io.letschat.application.presence.OpenRoom;
import io.letschat.application.presence.Typing;
import io.letschat.application.recovery.Bookmarks;
import io.letschat.application.recovery.ResumeRooms;
import io.letschat.application.revocation.EnforceRevocations;
import io.letschat.application.revocation.Revocations;
import io.letschat.application.room.MembershipWatch;
import io.letschat.application.room.Memberships;
import io.letschat.application.room.NodeNews;
import io.letschat.application.room.OtherNodes;
import io.letschat.application.room.RoomAudience;
import io.letschat.application.room.Rooms;
import io.letschat.messaging.socketio.ConformantSocketIOServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The chat by socket: binds {@link RoomAudience}, {@link SessionWatch} and {@link FeedWatch} to a
 * {@link SocketIOServer}. Needs the use cases and a {@link MeterRegistry}.
 */
public final class ChatModule extends AbstractModule {
  private final Duration recoveryWindow;

  /**
   * @param recoveryWindow for how long a lost connection can come back; zero: not at all
   */
  public ChatModule(Duration recoveryWindow) {
    this.recoveryWindow = recoveryWindow;
  }

  @Provides
  @Singleton
  ChatMetrics metrics(MeterRegistry registry) {
    return new ChatMetrics(registry);
  }

  @Provides
  @Singleton
  RoomAudience audience(SocketIOServer server, ChatMetrics metrics) {
    return new SocketAudience(server.getNamespace(""), metrics);
  }

  @Provides
  @Singleton
  FeedWatch feedWatch(MeterRegistry registry, InstantSource clock, SocketIOServer server) {
    return new DeliveryMetrics(
        registry,
        clock,
        server instanceof ConformantSocketIOServer ours
            ? ours.engine()::whenWritten
            : Runnable::run);
  }

  @Provides
  @Singleton
  OpenSockets openSockets(Scheduler scheduler, InstantSource clock, ChatMetrics metrics) {
    var sockets = new OpenSockets(scheduler, clock);
    metrics.watch(sockets);
    return sockets;
  }

  @Provides
  @Singleton
  RoomEvents roomEvents(OpenRoom openRoom, CloseRoom closeRoom, Optional<Recovery> recovery) {
    return new RoomEvents(openRoom, closeRoom, recovery);
  }

  @Provides
  @Singleton
  EnforceRevocations enforceRevocations(
      Revocations revocations,
      OpenSockets sockets,
      MembershipWatch membershipWatch,
      RoomFeeds feeds,
      Rooms rooms,
      Memberships memberships,
      Accounts accounts,
      Authenticate authenticate,
      CloseRoom closeRoom,
      InstantSource clock) {
    var stillAllowed = new StillAllowed(sockets, authenticate, memberships, closeRoom);
    return new EnforceRevocations(
        revocations,
        sockets,
        membershipWatch,
        feeds,
        rooms,
        memberships,
        accounts,
        stillAllowed::check,
        clock);
  }

  @Provides
  SessionWatch sessionWatch(OpenSockets sockets, OtherNodes others) {
    return session -> {
      sockets.ended(session);
      others.announce(new NodeNews.SessionEnded(session));
    };
  }

  /** Empty where it is switched off, and on a server that cannot do it. */
  @Provides
  @Singleton
  Optional<Recovery> recovery(
      SocketIOServer server,
      Bookmarks bookmarks,
      ResumeRooms resumeRooms,
      RoomFeeds feeds,
      SecureRandom random,
      Scheduler scheduler,
      ChatMetrics metrics) {
    return server instanceof ConformantSocketIOServer && recoveryWindow.isPositive()
        ? Optional.of(
            new Recovery(bookmarks, resumeRooms, feeds, random, scheduler, metrics, recoveryWindow))
        : Optional.empty();
  }

  private static void renew(Recovery recovery, Scheduler scheduler) {
    scheduler.after(
        recovery.pause(),
        () -> {
          try {
            recovery.renew();
          } finally {
            renew(recovery, scheduler);
          }
        });
  }

  /** Registers the chat's events; to be called once, before the server's port opens. */
  @Provides
  @Singleton
  Chat chat(
      SocketIOServer server,
      OpenSockets sockets,
      AuthenticationQueue authentication,
      SessionCookies cookies,
      RoomEvents roomEvents,
      SendMessage sendMessage,
      Typing typing,
      Optional<Recovery> recovery,
      Scheduler scheduler,
      ChatMetrics metrics) {
    var events =
        new ChatEvents(
            roomEvents,
            new MessageEvents(sendMessage, typing),
            new TypingEvents(typing),
            sockets,
            metrics);
    var admission = new Admission(authentication, sockets, scheduler, cookies);
    metrics.watch(authentication);
    return () -> {
      events.register(server.getNamespace(""), admission);
      if (server instanceof ConformantSocketIOServer conformant) {
        conformant.answerUnknownEventsBy(events::unknown);
        conformant.engine().refuseBy(admission::refusal);
        if (recovery.isPresent()) {
          conformant.recoverBy(recovery.get());
          renew(recovery.get(), scheduler);
        }
      }
    };
  }

  /** Gives a server the chat's events. */
  @FunctionalInterface
  public interface Chat {
    void register();
  }
}
