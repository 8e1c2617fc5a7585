package io.letschat.socketio.namespace;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.HandshakeData;
import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import com.corundumstudio.socketio.transport.NamespaceClient;
import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.engineio.CloseReason;
import io.letschat.engineio.EngineTransport;
import io.letschat.engineio.EngineVersion;
import io.letschat.socketio.RecoverableSocket;
import io.letschat.socketio.SerialSocket;
import io.letschat.socketio.SocketIoRejectReason;
import io.letschat.socketio.connection.SocketIoClient;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * A client in one namespace, as the listeners know it. Its id is random and has nothing to do with
 * the Engine.IO session id, which only the client itself may know.
 */
public final class ServerSocket extends NamespaceClient implements SerialSocket, RecoverableSocket {
  private enum Membership {
    /** CONNECT is being looked at. */
    ASKING,
    CONNECTED,
    GONE
  }

  private final SocketIoClient connection;
  private final ServerNamespace namespace;
  private final HandshakeData handshake;
  private volatile UUID id = UUID.randomUUID();
  private final PendingAcks acks;
  private final ConcurrentHashMap<String, Object> attributes = new ConcurrentHashMap<>(4);

  /** Guards the membership and, with it, the rooms: nobody joins one after leaving for good. */
  private final Object membershipLock = new Object();

  private volatile Membership membership = Membership.ASKING;

  /** Touched by the connection's tasks only. */
  private long receivedAt = System.nanoTime();

  /** Guards whether offsets are sent, and that none is sent after it was decided not to. */
  private final Object offsetLock = new Object();

  private boolean offsets;

  public ServerSocket(
      SocketIoClient connection, ServerNamespace namespace, HandshakeData handshake) {
    super(null, namespace);
    this.connection = connection;
    this.namespace = namespace;
    this.handshake = handshake;
    this.acks = new PendingAcks(connection);
  }

  public ServerNamespace namespace() {
    return namespace;
  }

  /** Whatever the current task logs from now on carries this socket's id. */
  public void isLogged() {
    MDC.put("socket_id", id.toString());
  }

  /** The event that is handled now was received then. */
  public void received(long nanos) {
    receivedAt = nanos;
  }

  public long receivedAt() {
    return receivedAt;
  }

  public boolean isConnected() {
    return membership == Membership.CONNECTED && connection.session().isOpen();
  }

  /**
   * Whether events that it sent are still heard: also those sent right before its connection was
   * closed.
   */
  public boolean isAdmitted() {
    return membership == Membership.CONNECTED;
  }

  /** Before CONNECT is accepted: it goes on as the client that it was. */
  public void is(UUID recovered) {
    id = recovered;
  }

  /** CONNECT was accepted. */
  public void admitted() {
    synchronized (membershipLock) {
      membership = Membership.CONNECTED;
      namespace.admit(this);
    }
  }

  /** Returns whether it was connected until now; true once at most. */
  public boolean leave() {
    synchronized (membershipLock) {
      boolean was = membership == Membership.CONNECTED;
      membership = Membership.GONE;
      return was;
    }
  }

  /** After {@link #leave}: the listeners hear of it, the rooms are left, acks will not come. */
  public void left() {
    namespace.onDisconnect(this);
    acks.abandon();
  }

  // ---- sending

  @Override
  public void send(Packet packet) {
    if (packet.getSubType() == PacketType.DISCONNECT) {
      disconnect();
      return;
    }
    OutboundPacket outboundPacket = OutboundPacket.of(packet);
    if (outboundPacket != null && isConnected()) {
      try (var sharedEncoding = new SharedEncoding(outboundPacket, namespace)) {
        send(sharedEncoding);
      }
    }
  }

  @Override
  public void send(Packet packet, AckCallback<?> callback) {
    if (!isConnected()) {
      callback.onTimeout();
      return;
    }
    packet.setAckId(acks.register(callback));
    send(packet);
  }

  void send(SharedEncoding sharedEncoding) {
    if (sharedEncoding.hasOffset()) {
      synchronized (offsetLock) {
        connection.session().send(sharedEncoding.packets(offsets));
      }
    } else {
      connection.session().send(sharedEncoding.packets(false));
    }
    connection.session().pace();
  }

  @Override
  public void enableOffsets() {
    synchronized (offsetLock) {
      offsets = true;
    }
  }

  @Override
  public void disableOffsets(String event) {
    synchronized (offsetLock) {
      offsets = false;
      connection.session().send(OutboundPacket.event(event, List.of("")).encode(namespace, false));
    }
  }

  public void onAck(long ackId, JsonNode payload) {
    acks.answered(ackId, payload, namespace.getJsonSupport());
  }

  @Override
  public void disconnect() {
    connection.disconnect(this);
  }

  @Override
  public void closeConnection() {
    disconnect();
    connection.close();
  }

  @Override
  public void execute(Runnable task) {
    connection.execute(task);
  }

  @Override
  public void onDisconnect() {
    connection.disconnected(this, true);
  }

  @Override
  public boolean terminate(Duration atMost) {
    var done = new CountDownLatch(1);
    connection.session().end(CloseReason.TRANSPORT_CLOSE);
    connection.afterDisconnect(done::countDown);
    try {
      return done.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  // ---- rooms

  @Override
  public void joinRoom(String room) {
    synchronized (membershipLock) {
      if (membership != Membership.CONNECTED) {
        return;
      }
      if (getAllRooms().size() > connection.settings().maxRooms()) {
        connection.refused(SocketIoRejectReason.TOO_MANY_ROOMS);
        return;
      }
      super.joinRoom(room);
    }
  }

  @Override
  public void joinRooms(Set<String> rooms) {
    rooms.forEach(this::joinRoom);
  }

  @Override
  public void leaveRoom(String room) {
    synchronized (membershipLock) {
      super.leaveRoom(room);
    }
  }

  @Override
  public void leaveRooms(Set<String> rooms) {
    rooms.forEach(this::leaveRoom);
  }

  // ---- what it is

  @Override
  public UUID getSessionId() {
    return id;
  }

  @Override
  public HandshakeData getHandshakeData() {
    return handshake;
  }

  @Override
  public Transport getTransport() {
    return connection.session().transport() == EngineTransport.WEBSOCKET
        ? Transport.WEBSOCKET
        : Transport.POLLING;
  }

  @Override
  public EngineIOVersion getEngineIOVersion() {
    return connection.session().version() == EngineVersion.V3
        ? EngineIOVersion.V3
        : EngineIOVersion.V4;
  }

  @Override
  public boolean isChannelOpen() {
    return connection.session().isOpen();
  }

  @Override
  public boolean isWritable() {
    return isConnected() && connection.session().isWritable();
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
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return "client " + id + " of /" + namespace.getName();
  }
}
