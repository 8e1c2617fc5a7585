package io.letschat.socketio;

import com.corundumstudio.socketio.BroadcastOperations;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.namespace.Namespace;
import io.letschat.engineio.EngineServer;
import io.letschat.engineio.EngineSettings;
import io.letschat.socketio.connection.ConnectionContext;
import io.letschat.socketio.connection.ConnectionDrainer;
import io.letschat.socketio.connection.SocketIoClient;
import io.letschat.socketio.namespace.NamespaceRegistry;
import io.letschat.socketio.packet.JsonArguments;
import io.letschat.socketio.standalone.StandalonePort;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;
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
  private final SocketIoSettings settings;
  private final NamespaceRegistry namespaces;
  private final ConnectionContext context;
  private final EngineServer engine;
  private final StandalonePort port;

  /** Takes path, heartbeat and upgrade time from the configuration, all else is the default. */
  public ConformantSocketIOServer(Configuration configuration) {
    this(configuration, settingsOf(configuration));
  }

  public ConformantSocketIOServer(Configuration configuration, SocketIoSettings settings) {
    // The super constructor adds the main namespace, which needs all of this.
    if (configuration.getJsonSupport() == null) {
      configuration.setJsonSupport(new JsonArguments());
    }
    this.settings = settings;
    this.namespaces = new NamespaceRegistry(configuration, settings.authRequired());
    super(configuration);
    StockTimer.release(this);
    this.context = new ConnectionContext(configuration, settings, namespaces);
    this.engine = new EngineServer(settings.engine(), context);
    this.port = new StandalonePort(configuration, engine::newConnectionHandler);
  }

  /** Connections whose disconnect listeners have not all run. */
  public int connectionCount() {
    return context.connections().size();
  }

  /** For each connection, the packets that its client sent and no listener has handled yet. */
  IntStream unhandled() {
    return context.connections().stream().mapToInt(SocketIoClient::unhandled);
  }

  /** Replaces the listener of events that no listener is registered for. */
  public void onUnknownEvent(UnknownEventListener listener) {
    context.setUnknownEventListener(listener);
  }

  /** Offers recovery to clients of the main namespace; to be called before any connects. */
  public void enableStateRecovery(StateRecovery stateRecovery) {
    context.setRecovery(stateRecovery);
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
   * A handler for one connection of a port that others own, behind an {@code HttpServerCodec} and a
   * {@code HttpPipeliningHandler}.
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

  /** Serves those who are connected, and rejects new clients with 503. */
  public void stopAccepting() {
    engine.stopAccepting();
  }

  /**
   * Drains: closes the connections one after the other, evenly over this time, each once what it
   * sent is handled and answered. Clients are not sent a disconnect: they reconnect by themselves.
   * Returns when the time is over or it is aborted; {@link #stop} then closes what is left.
   */
  public void drain(Duration over, CountDownLatch abort) throws InterruptedException {
    new ConnectionDrainer(context.connections()).drain(over, abort);
  }

  /**
   * Reads no more, waits until what was received is handled and answered, closes all connections
   * and waits for the disconnect listeners; for 3 s at most each time. Clients are not sent a
   * disconnect: they reconnect by themselves. A port that {@link #start()} bound is closed.
   */
  @Override
  public void stop() {
    ConnectionDrainer connectionDrainer = new ConnectionDrainer(context.connections());
    connectionDrainer.awaitHandled();
    engine.stop();
    connectionDrainer.awaitDisconnected();
    port.close();
  }

  public SocketIoSettings settings() {
    return settings;
  }

  // ---- namespaces

  @Override
  public SocketIONamespace addNamespace(String name) {
    return namespaces.add(name);
  }

  @Override
  public @Nullable SocketIONamespace getNamespace(String name) {
    return namespaces.find(name);
  }

  /**
   * The namespace {@code /}, which every client connects to first.
   *
   * @throws IllegalStateException if it has been removed
   */
  public SocketIONamespace mainNamespace() {
    SocketIONamespace main = namespaces.find("");
    if (main == null) {
      throw new IllegalStateException("the main namespace has been removed");
    }
    return main;
  }

  @Override
  public void removeNamespace(String name) {
    namespaces.remove(name);
  }

  @Override
  public Collection<SocketIONamespace> getAllNamespaces() {
    return namespaces.all();
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
    return namespaces.broadcast(SocketIONamespace::getBroadcastOperations);
  }

  @Override
  public BroadcastOperations getRoomOperations(String... rooms) {
    return namespaces.broadcast(namespace -> namespace.getRoomOperations(rooms));
  }
}
