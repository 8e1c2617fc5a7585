package io.letschat.messaging;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.Scheduler;
import io.letschat.application.account.Accounts;
import io.letschat.application.account.session.Authenticate;
import io.letschat.application.account.session.AuthenticationQueue;
import io.letschat.application.account.session.SessionCookies;
import io.letschat.application.delivery.ConnectionRegistry;
import io.letschat.application.delivery.DeliveryObserver;
import io.letschat.application.delivery.LocalSubscribers;
import io.letschat.application.delivery.RoomStreams;
import io.letschat.application.delivery.cluster.MembershipListener;
import io.letschat.application.delivery.cluster.SessionListener;
import io.letschat.application.message.SendMessage;
import io.letschat.application.presence.JoinRoom;
import io.letschat.application.presence.LeaveRoom;
import io.letschat.application.presence.Typing;
import io.letschat.application.recovery.RecoveryStateStore;
import io.letschat.application.recovery.RestoreSubscriptions;
import io.letschat.application.revocation.EnforceRevocations;
import io.letschat.application.revocation.Revocations;
import io.letschat.application.room.Memberships;
import io.letschat.application.room.Rooms;
import io.letschat.application.sentence.Sentences;
import io.letschat.messaging.event.EventRouter;
import io.letschat.messaging.event.MessageEventHandler;
import io.letschat.messaging.event.RoomEventHandler;
import io.letschat.messaging.event.TypingEventHandler;
import io.letschat.messaging.recovery.ConnectionStateRecovery;
import io.letschat.messaging.socket.ChatMetrics;
import io.letschat.messaging.socket.DeliveryMetrics;
import io.letschat.messaging.socket.SessionSocketRegistry;
import io.letschat.messaging.socket.SocketAuthenticator;
import io.letschat.messaging.socket.SocketIoRoomBroadcaster;
import io.letschat.messaging.socket.SocketRevalidator;
import io.letschat.socketio.ConformantSocketIOServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The chat by socket: binds {@link LocalSubscribers}, {@link SessionListener} and {@link
 * DeliveryObserver} to a {@link ConformantSocketIOServer}. Needs the use cases, the {@link
 * Sentences} and a {@link MeterRegistry}.
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
  ChatMetrics chatMetrics(MeterRegistry registry) {
    return new ChatMetrics(registry);
  }

  @Provides
  @Singleton
  LocalSubscribers localSubscribers(
      ConformantSocketIOServer server, ChatMetrics metrics, Sentences sentences) {
    return new SocketIoRoomBroadcaster(server.mainNamespace(), metrics, sentences);
  }

  @Provides
  @Singleton
  DeliveryObserver deliveryObserver(
      MeterRegistry registry, InstantSource clock, ConformantSocketIOServer server) {
    return new DeliveryMetrics(registry, clock, server.engine()::whenWritten);
  }

  @Provides
  @Singleton
  SessionSocketRegistry sessionSocketRegistry(
      ConnectionRegistry registry, Scheduler scheduler, InstantSource clock, ChatMetrics metrics) {
    var sockets = new SessionSocketRegistry(registry, scheduler, clock);
    metrics.watch(sockets);
    return sockets;
  }

  @Provides
  @Singleton
  RoomEventHandler roomEventHandler(
      JoinRoom joinRoom,
      LeaveRoom leaveRoom,
      Optional<ConnectionStateRecovery> connectionStateRecovery) {
    return new RoomEventHandler(joinRoom, leaveRoom, connectionStateRecovery);
  }

  @Provides
  @Singleton
  EnforceRevocations enforceRevocations(
      Revocations revocations,
      SessionSocketRegistry sockets,
      MembershipListener membershipListener,
      ConnectionRegistry registry,
      Rooms rooms,
      Memberships memberships,
      Accounts accounts,
      Authenticate authenticate,
      LeaveRoom leaveRoom,
      InstantSource clock) {
    var revalidator = new SocketRevalidator(sockets, authenticate, memberships, leaveRoom);
    return new EnforceRevocations(
        revocations,
        sockets,
        membershipListener,
        registry,
        rooms,
        memberships,
        accounts,
        revalidator::check,
        clock);
  }

  @Provides
  SessionListener sessionListener(SessionSocketRegistry sockets) {
    return sockets;
  }

  /** Empty where it is switched off. */
  @Provides
  @Singleton
  Optional<ConnectionStateRecovery> connectionStateRecovery(
      RecoveryStateStore recoveryStateStore,
      RestoreSubscriptions restoreSubscriptions,
      RoomStreams streams,
      SecureRandom random,
      Scheduler scheduler,
      ChatMetrics metrics) {
    return recoveryWindow.isPositive()
        ? Optional.of(
            new ConnectionStateRecovery(
                recoveryStateStore,
                restoreSubscriptions,
                streams,
                random,
                scheduler,
                metrics,
                recoveryWindow))
        : Optional.empty();
  }

  /** Registers the chat's events; to be called once, before the server's port opens. */
  @Provides
  @Singleton
  Chat chat(
      ConformantSocketIOServer server,
      SessionSocketRegistry sockets,
      AuthenticationQueue authentication,
      SessionCookies cookies,
      ConnectionRegistry registry,
      RoomEventHandler roomEventHandler,
      SendMessage sendMessage,
      Typing typing,
      Optional<ConnectionStateRecovery> connectionStateRecovery,
      Scheduler scheduler,
      ChatMetrics metrics,
      Sentences sentences) {
    var events =
        new EventRouter(
            roomEventHandler,
            new MessageEventHandler(sendMessage, typing),
            new TypingEventHandler(typing),
            sockets,
            metrics);
    var authenticator =
        new SocketAuthenticator(authentication, sockets, scheduler, cookies, registry, sentences);
    metrics.watch(authentication);
    return () -> {
      events.register(server.mainNamespace(), authenticator);
      server.onUnknownEvent(events::unknown);
      server.engine().rejectNewSessions(authenticator::refusal);
      connectionStateRecovery.ifPresent(recovery -> {
        server.enableStateRecovery(recovery);
        scheduler.every(recovery.pause(), recovery::renew);
      });
    };
  }

  /** Gives a server the chat's events. */
  @FunctionalInterface
  public interface Chat {
    void register();
  }
}
