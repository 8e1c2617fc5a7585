package io.letschat.socketio.namespace;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.HandshakeData;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.engineio.CloseReason;
import io.letschat.socketio.RecoverableSocket;
import io.letschat.socketio.SerialSocket;
import io.letschat.socketio.SocketIoRejectReason;
import io.letschat.socketio.connection.SocketIoClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A client in one namespace, as the listeners know it: its membership in the namespace and rooms,
 * and what is sent to it.
 */
public final class ServerSocket extends SessionSocket implements SerialSocket, RecoverableSocket {
  private enum Membership {
    /** CONNECT has not been answered. */
    CONNECTING,
    CONNECTED,
    DISCONNECTED
  }

  private final SocketIoClient connection;
  private final ServerNamespace namespace;
  private final PendingAcks acks;
  private final OffsetSender offsets;

  /** Guards the membership and, with it, the rooms: nobody joins one after leaving for good. */
  private final Object membershipLock = new Object();

  private volatile Membership membership = Membership.CONNECTING;

  /** Confined to the connection's tasks. */
  private long receivedAt = System.nanoTime();

  public ServerSocket(
      SocketIoClient connection, ServerNamespace namespace, HandshakeData handshake) {
    super(connection.session(), namespace, handshake);
    this.connection = connection;
    this.namespace = namespace;
    this.acks = new PendingAcks(connection);
    this.offsets = new OffsetSender(connection.session());
  }

  public ServerNamespace namespace() {
    return namespace;
  }

  /** When the event that is handled now was received. */
  public void setReceivedAt(long nanos) {
    receivedAt = nanos;
  }

  public long receivedAt() {
    return receivedAt;
  }

  public boolean isConnected() {
    return membership == Membership.CONNECTED && session().isOpen();
  }

  @Override
  public boolean isWritable() {
    return isConnected() && session().isWritable();
  }

  /**
   * Whether its events are still passed to listeners: also those that it sent right before its
   * connection was closed.
   */
  public boolean isInNamespace() {
    return membership == Membership.CONNECTED;
  }

  /** CONNECT was accepted. */
  public void joinNamespace() {
    synchronized (membershipLock) {
      membership = Membership.CONNECTED;
      namespace.register(this);
    }
  }

  /** Returns whether it was connected until now; true once at most. */
  public boolean leaveNamespace() {
    synchronized (membershipLock) {
      boolean was = membership == Membership.CONNECTED;
      membership = Membership.DISCONNECTED;
      return was;
    }
  }

  /**
   * After {@link #leaveNamespace}: calls the disconnect listeners, leaves the rooms, times acks
   * out.
   */
  public void afterLeaving() {
    namespace.onDisconnect(this);
    acks.timeOutAll();
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
      offsets.send(sharedEncoding);
    } else {
      session().send(sharedEncoding.packets(false));
    }
    session().sender().awaitCapacity();
  }

  @Override
  public void enableOffsets() {
    offsets.enable();
  }

  @Override
  public void disableOffsets(String event) {
    offsets.disable(OutboundPacket.event(event, List.of("")).encode(namespace, false));
  }

  public void onAck(long ackId, JsonNode payload) {
    acks.complete(ackId, payload, namespace.getJsonSupport());
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
    session().end(CloseReason.TRANSPORT_CLOSE);
    connection.executeAfterDisconnect(done::countDown);
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
        connection.countRejection(SocketIoRejectReason.TOO_MANY_ROOMS);
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
}
