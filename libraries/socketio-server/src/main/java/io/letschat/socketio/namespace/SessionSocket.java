package io.letschat.socketio.namespace;

import com.corundumstudio.socketio.HandshakeData;
import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.transport.NamespaceClient;
import io.letschat.engineio.EngineTransport;
import io.letschat.engineio.EngineVersion;
import io.letschat.engineio.session.EngineSession;
import java.net.SocketAddress;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * A socket's id, what netty-socketio's interface tells of its session and handshake, and the
 * attributes that programs keep with it. The id is random and has nothing to do with the Engine.IO
 * session id, which only the client itself may know.
 */
abstract class SessionSocket extends NamespaceClient {
  private final EngineSession session;
  private final HandshakeData handshake;
  private volatile UUID id = UUID.randomUUID();
  private final ConcurrentHashMap<String, Object> attributes = new ConcurrentHashMap<>(4);

  SessionSocket(EngineSession session, ServerNamespace namespace, HandshakeData handshake) {
    super(null, namespace);
    this.session = session;
    this.handshake = handshake;
  }

  final EngineSession session() {
    return session;
  }

  @Override
  public final UUID getSessionId() {
    return id;
  }

  /** Before CONNECT is accepted: it gets the id back that it had. */
  public final void recoverAs(UUID recovered) {
    id = recovered;
  }

  /** Whatever the current task logs from now on carries this socket's id. */
  public final void addToLogContext() {
    MDC.put("socket_id", id.toString());
  }

  @Override
  public HandshakeData getHandshakeData() {
    return handshake;
  }

  @Override
  public Transport getTransport() {
    return session.transport() == EngineTransport.WEBSOCKET
        ? Transport.WEBSOCKET
        : Transport.POLLING;
  }

  @Override
  public EngineIOVersion getEngineIOVersion() {
    return session.version() == EngineVersion.V3 ? EngineIOVersion.V3 : EngineIOVersion.V4;
  }

  @Override
  public boolean isChannelOpen() {
    return session.isOpen();
  }

  @Override
  public SocketAddress getRemoteAddress() {
    return handshake.getAddress();
  }

  @Override
  public void set(String key, @Nullable Object value) {
    if (value == null) {
      attributes.remove(key);
    } else {
      attributes.put(key, value);
    }
  }

  // The library's signature lets the caller choose the type.
  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T> @Nullable T get(String key) {
    return (T) attributes.get(key);
  }

  @Override
  public boolean has(String key) {
    return attributes.containsKey(key);
  }

  @Override
  public void del(String key) {
    attributes.remove(key);
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public final int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return "client " + id + " of /" + getNamespace().getName();
  }
}
