package io.letschat.messaging.chat;

import com.corundumstudio.socketio.SocketIONamespace;
import com.corundumstudio.socketio.SocketIOServer;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.Scheduler;
import io.letschat.application.message.RoomFeeds;
import io.letschat.application.node.FromOtherNodes;
import io.letschat.application.presence.CurrentNames;
import io.letschat.application.presence.PeopleHere;
import io.letschat.application.presence.RoomPresence;
import io.letschat.application.presence.TypingElsewhere;
import io.letschat.application.revocation.EnforceRevocations;
import io.letschat.application.room.MembershipWatch;
import io.letschat.application.room.OtherNodes;
import io.letschat.application.room.RoomAudience;
import io.letschat.messaging.relay.Relay;
import io.letschat.messaging.relay.RelayListener;
import java.time.Duration;

/**
 * Several nodes: binds {@link OtherNodes} to a {@link Relay}, and a {@link RelayListener} for it to
 * be started with. Whoever opened the relay closes it.
 */
public final class RelayModule extends AbstractModule {
  private final Relay relay;
  private final String installation;

  /**
   * @param relay its uid begins with {@link #uidPrefix} of the installation
   * @param installation which LetsChat this is
   */
  public RelayModule(Relay relay, String installation) {
    this.relay = relay;
    this.installation = installation;
  }

  /** What the uid of a relay begins with, by which the nodes of an installation know each other. */
  public static String uidPrefix(String installation) {
    return KnownNodes.prefix(installation);
  }

  @Provides
  @Singleton
  OtherNodes otherNodes() {
    return new RelayedNodes(relay);
  }

  @Provides
  @Singleton
  RelayListener listener(
      SocketIOServer server,
      OpenSockets sockets,
      RoomFeeds feeds,
      RoomAudience audience,
      RoomPresence presence,
      MembershipWatch membershipWatch,
      CurrentNames names,
      PeopleHere people,
      EnforceRevocations revocations,
      RoomEvents roomEvents,
      ChatMetrics metrics,
      Scheduler scheduler) {
    SocketIONamespace namespace = server.getNamespace("");
    var rooms = new ServerRooms(namespace, relay);
    namespace.addConnectListener(rooms::connected);
    namespace.addDisconnectListener(rooms::disconnected);
    var application =
        new FromOtherNodes(
            feeds,
            audience,
            presence,
            new TypingElsewhere(audience, scheduler),
            membershipWatch,
            sockets,
            names);
    return new HeardFromNodes(
        new KnownNodes(installation),
        application,
        namespace,
        rooms,
        new AskedByServers(rooms, roomEvents, people, relay, metrics),
        metrics,
        () -> {
          scheduler.after(Duration.ZERO, feeds::compareWithLog);
          scheduler.after(Duration.ZERO, revocations::enforce);
          scheduler.after(Duration.ZERO, names::compare);
          presence.tellAgain(feeds.listenedTo());
        });
  }
}
