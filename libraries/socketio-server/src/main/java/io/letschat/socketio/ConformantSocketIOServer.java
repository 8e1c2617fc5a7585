package io.letschat.socketio;

import com.corundumstudio.socketio.BroadcastOperations;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.MultiRoomBroadcastOperations;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.namespace.Namespace;
import io.letschat.engineio.EngineServer;
import io.letschat.engineio.EngineSettings;
import io.letschat.engineio.session.EngineSession;
import io.letschat.socketio.connection.ConnectionDrainer;
import io.letschat.socketio.connection.SocketIoClient;
import io.letschat.socketio.namespace.ServerNamespace;
import io.letschat.socketio.namespace.ServerSocket;
import io.letschat.socketio.packet.JsonArguments;
import io.letschat.socketio.packet.MessageEncoder;
import io.letschat.socketio.packet.PayloadReader;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * netty-socketio's server with a transport of our own: Engine.IO 4 and 3 and Socket.IO to the
 * letter, bounded, with listeners on virtual threads. Programs written for {@link SocketIOServer}
 * run on it unchanged.
 *
 * <p>Two ways to serve: {@link #start()} binds the configured port; or put {@link
 * #newConnectionHandler()} into the pipelines of a port that somebody else owns.
 *
 * <p>Listeners may block. Those of one connection run one after the other; different connections'
 * run at once.
 */
public class ConformantSocketIOServer extends SocketIOServer {
  private final Configuration configuration;
  private final SocketIoSettings settings;
  private final ConcurrentMap<String, ServerNamespace> namespaces;
  private final PayloadReader payloads;
  private final MessageEncoder encoder;
  private final EngineServer engine;
  private final StandalonePort port;
  private final Set<SocketIoClient> connections = ConcurrentHashMap.newKeySet();
  private volatile @Nullable StateRecovery recovery;
  private volatile UnknownEventListener unknownEvents = (client, event, ack) -> {};

  /** Takes path, heartbeat and upgrade time from the configuration, all else is the default. */
  public ConformantSocketIOServer(Configuration configuration) {
    this(configuration, settingsOf(configuration));
  }

  public ConformantSocketIOServer(Configuration configuration, SocketIoSettings settings) {
    // The super constructor adds the main namespace, which needs all of this.
    if (configuration.getJsonSupport() == null) {
      configuration.setJsonSupport(new JsonArguments());
    }
    this.configuration = configuration;
    this.settings = settings;
    this.namespaces = new ConcurrentHashMap<>();
    super(configuration);
    StockTimer.release(this);
    this.payloads = new PayloadReader(settings.maxJsonDepth());
    this.encoder = new MessageEncoder(configuration.getJsonSupport());
    this.engine = new EngineServer(settings.engine(), this::opened);
    this.port = new StandalonePort(configuration, this);
  }

  private SocketIoClient opened(EngineSession session) {
    SocketIoClient connection = new SocketIoClient(this, session);
    connections.add(connection);
    return connection;
  }

  /** Connections whose end the listeners have not all heard of. */
  int connectionCount() {
    return connections.size();
  }

  /** For each connection, what its client sent and nobody has dealt with yet. */
  IntStream unhandled() {
    return connections.stream().mapToInt(SocketIoClient::unhandled);
  }

  /** The listeners have heard of the end of all its clients. */
  public void ended(SocketIoClient connection) {
    connections.remove(connection);
  }

  /** In place of who answered them before. */
  public void onUnknownEvent(UnknownEventListener answering) {
    unknownEvents = answering;
  }

  public UnknownEventListener unknownEvents() {
    return unknownEvents;
  }

  // ---- recovery

  /** Lets clients of the main namespace come back; to be called before any connects. */
  public void enableStateRecovery(StateRecovery stateRecovery) {
    recovery = stateRecovery;
  }

  public @Nullable StateRecovery recovery() {
    return recovery;
  }

  public void gone(ServerSocket client, boolean intentional) {
    StateRecovery hearing = recovery;
    if (hearing != null && client.namespace().getName().isEmpty()) {
      hearing.disconnected(client, intentional);
    }
  }

  private static SocketIoSettings settingsOf(Configuration configuration) {
    return new SocketIoSettings.Builder()
        .engine(
            new EngineSettings.Builder()
                .path(configuration.getContext())
                .heartbeat(
                    Duration.ofMillis(configuration.getPingInterval()),
                    Duration.ofMillis(configuration.getPingTimeout()))
                .upgradeTimeout(Duration.ofMillis(configuration.getUpgradeTimeout()))
                .allowedOrigins(origin ->
                    "*".equals(configuration.getOrigin())
                        || origin.equals(configuration.getOrigin()))
                .build())
        .build();
  }

  // ---- serving

  /**
   * A handler for one connection of a port that others own, behind {@code HttpServerCodec}, {@code
   * HttpPipeliningHandler}.
   */
  public ChannelHandler newConnectionHandler() {
    return engine.newConnectionHandler();
  }

  /** The layer below, for metrics. */
  public EngineServer engine() {
    return engine;
  }

  @Override
  public Future<Void> startAsync() {
    return port.open();
  }

  /** The bound port, after {@link #start()}. */
  public int port() {
    return port.number();
  }

  /** Serves those who are connected and nobody else: new clients are answered with 503. */
  public void stopAccepting() {
    engine.stopAccepting();
  }

  /**
   * Closes the connections one after the other, evenly over this time, each once what it sent is
   * handled and answered. Clients are not told to stay away: they reconnect by themselves. Returns
   * when the time is over or somebody is in a hurry; {@link #stop} then ends what is left.
   */
  public void drain(Duration over, CountDownLatch hurry) throws InterruptedException {
    new ConnectionDrainer(connections).oneByOne(over, hurry);
  }

  /**
   * Reads no more, waits until what was received is handled and answered, closes all connections
   * and waits for the disconnect listeners; for {@value Farewell#LISTENER_SECONDS} s at most each
   * time. Clients are not told to stay away: they reconnect by themselves. A port that {@link
   * #start()} bound is closed.
   */
  @Override
  public void stop() {
    ConnectionDrainer connectionDrainer = new ConnectionDrainer(connections);
    connectionDrainer.finish();
    engine.stop();
    connectionDrainer.awaitHeard();
    port.close();
  }

  public SocketIoSettings settings() {
    return settings;
  }

  public PayloadReader payloads() {
    return payloads;
  }

  public MessageEncoder encoder() {
    return encoder;
  }

  // ---- namespaces

  /** The main namespace is {@code /} on the wire and empty in the library. */
  public static String wireName(String apiName) {
    return apiName.isEmpty() ? "/" : apiName;
  }

  public static String apiName(String wireName) {
    return wireName.equals("/") ? Namespace.DEFAULT_NAME : wireName;
  }

  public @Nullable ServerNamespace served(String wireName) {
    return namespaces.get(apiName(wireName));
  }

  @Override
  public SocketIONamespace addNamespace(String name) {
    return namespaces.computeIfAbsent(
        apiName(name), api -> new ServerNamespace(api, configuration, settings.authRequired()));
  }

  @Override
  public @Nullable SocketIONamespace getNamespace(String name) {
    return served(name);
  }

  @Override
  public void removeNamespace(String name) {
    ServerNamespace removed = namespaces.remove(apiName(name));
    if (removed != null) {
      removed.getBroadcastOperations().disconnect();
    }
  }

  @Override
  public Collection<SocketIONamespace> getAllNamespaces() {
    return Collections.unmodifiableCollection(namespaces.values());
  }

  private SocketIONamespace main() {
    return addNamespace(Namespace.DEFAULT_NAME);
  }

  @Override
  public Collection<SocketIOClient> getAllClients() {
    return main().getAllClients();
  }

  @Override
  public @Nullable SocketIOClient getClient(UUID id) {
    return main().getClient(id);
  }

  @Override
  public BroadcastOperations getBroadcastOperations() {
    List<BroadcastOperations> all = new ArrayList<>();
    namespaces.values().forEach(namespace -> all.add(namespace.getBroadcastOperations()));
    return new MultiRoomBroadcastOperations(all);
  }

  @Override
  public BroadcastOperations getRoomOperations(String... rooms) {
    List<BroadcastOperations> all = new ArrayList<>();
    namespaces.values().forEach(namespace -> all.add(namespace.getRoomOperations(rooms)));
    return new MultiRoomBroadcastOperations(all);
  }
}
