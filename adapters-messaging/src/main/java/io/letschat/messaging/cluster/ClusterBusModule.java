package io.letschat.messaging.cluster;

import com.corundumstudio.socketio.SocketIONamespace;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.Scheduler;
import io.letschat.application.delivery.LocalDelivery;
import io.letschat.application.delivery.LocalSubscribers;
import io.letschat.application.delivery.RoomStreams;
import io.letschat.application.delivery.cluster.ClusterBus;
import io.letschat.application.delivery.cluster.ClusterEventHandler;
import io.letschat.application.delivery.cluster.MembershipListener;
import io.letschat.application.presence.DisplayNames;
import io.letschat.application.presence.LocalRoster;
import io.letschat.application.presence.RoomPresence;
import io.letschat.application.presence.TypingElsewhere;
import io.letschat.application.revocation.EnforceRevocations;
import io.letschat.application.sentence.Sentences;
import io.letschat.messaging.event.RoomEventHandler;
import io.letschat.messaging.relay.Relay;
import io.letschat.messaging.relay.RelayListener;
import io.letschat.messaging.socket.ChatMetrics;
import io.letschat.messaging.socket.SessionSocketRegistry;
import io.letschat.socketio.ConformantSocketIOServer;
import java.util.List;

/**
 * Several nodes: binds {@link ClusterBus} to a {@link Relay}, and a {@link RelayListener} for it to
 * be started with. Whoever opened the relay closes it.
 */
public final class ClusterBusModule extends AbstractModule {
  private final Relay relay;
  private final String installation;

  /**
   * @param relay its uid begins with {@link #uidPrefix} of the installation
   * @param installation which LetsChat this is
   */
  public ClusterBusModule(Relay relay, String installation) {
    this.relay = relay;
    this.installation = installation;
  }

  /** What the uid of a relay begins with, by which the nodes of an installation know each other. */
  public static String uidPrefix(String installation) {
    return KnownNodes.prefix(installation);
  }

  @Provides
  @Singleton
  ClusterBus clusterBus(Sentences sentences) {
    return new RelayClusterBus(relay, sentences);
  }

  @Provides
  @Singleton
  RelayListener relayListener(
      ConformantSocketIOServer server,
      SessionSocketRegistry sockets,
      RoomStreams streams,
      LocalDelivery here,
      LocalSubscribers subscribers,
      RoomPresence presence,
      MembershipListener membershipListener,
      DisplayNames names,
      LocalRoster people,
      EnforceRevocations revocations,
      RoomEventHandler roomEventHandler,
      ChatMetrics metrics,
      Scheduler scheduler) {
    SocketIONamespace namespace = server.mainNamespace();
    var rooms = new AdapterRooms(namespace, relay);
    namespace.addConnectListener(rooms::connected);
    namespace.addDisconnectListener(rooms::disconnected);
    var application =
        new ClusterEventHandler(
            streams,
            here,
            new ClusterEventHandler.Listeners(
                sockets,
                membershipListener,
                names,
                presence,
                new TypingElsewhere(subscribers, scheduler)),
            List.of(
                streams::compareWithLog, revocations::enforce, names::compare, presence::tellAgain),
            scheduler);
    return new ClusterMessageHandler(
        new KnownNodes(installation),
        application,
        namespace,
        rooms,
        new ClusterRequestHandler(rooms, roomEventHandler, people, relay, metrics),
        metrics);
  }
}
