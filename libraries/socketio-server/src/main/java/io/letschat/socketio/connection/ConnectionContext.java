package io.letschat.socketio.connection;

import com.corundumstudio.socketio.Configuration;
import io.letschat.engineio.session.EngineSession;
import io.letschat.engineio.session.EngineSessionListener;
import io.letschat.socketio.SocketIoSettings;
import io.letschat.socketio.StateRecovery;
import io.letschat.socketio.UnknownEventListener;
import io.letschat.socketio.namespace.NamespaceRegistry;
import io.letschat.socketio.namespace.ServerSocket;
import io.letschat.socketio.packet.MessageEncoder;
import io.letschat.socketio.packet.PayloadReader;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the connections of one server share, and the connections themselves. */
public final class ConnectionContext implements EngineSessionListener.Factory {
  private final Configuration configuration;
  private final SocketIoSettings settings;
  private final NamespaceRegistry namespaces;
  private final PayloadReader payloads;
  private final MessageEncoder encoder;
  private final Set<SocketIoClient> connections = ConcurrentHashMap.newKeySet();
  private volatile @Nullable StateRecovery recovery;
  private volatile UnknownEventListener unknownEvents = (client, event, ack) -> {};

  public ConnectionContext(
      Configuration configuration, SocketIoSettings settings, NamespaceRegistry namespaces) {
    this.configuration = configuration;
    this.settings = settings;
    this.namespaces = namespaces;
    this.payloads = new PayloadReader(settings.maxJsonDepth());
    this.encoder = new MessageEncoder(configuration.getJsonSupport());
  }

  @Override
  public EngineSessionListener opened(EngineSession session) {
    SocketIoClient connection = new SocketIoClient(this, session);
    connections.add(connection);
    return connection;
  }

  /** The disconnect listeners of all its sockets have run. */
  void closed(SocketIoClient connection) {
    connections.remove(connection);
  }

  /** Connections whose disconnect listeners have not all run. */
  public Collection<SocketIoClient> connections() {
    return Collections.unmodifiableCollection(connections);
  }

  public void setUnknownEventListener(UnknownEventListener listener) {
    unknownEvents = listener;
  }

  UnknownEventListener unknownEvents() {
    return unknownEvents;
  }

  public void setRecovery(StateRecovery stateRecovery) {
    recovery = stateRecovery;
  }

  @Nullable StateRecovery recovery() {
    return recovery;
  }

  /**
   * A socket was disconnected, and its listeners have been called.
   *
   * @param intentional whether one of the two sides has ended it; false when the connection was
   *     lost
   */
  void disconnected(ServerSocket socket, boolean intentional) {
    StateRecovery current = recovery;
    if (current != null && socket.namespace().getName().isEmpty()) {
      current.disconnected(socket, intentional);
    }
  }

  Configuration configuration() {
    return configuration;
  }

  SocketIoSettings settings() {
    return settings;
  }

  NamespaceRegistry namespaces() {
    return namespaces;
  }

  PayloadReader payloads() {
    return payloads;
  }

  MessageEncoder encoder() {
    return encoder;
  }
}
