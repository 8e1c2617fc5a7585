package io.letschat.socketio.connection;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.engineio.CloseReason;
import io.letschat.engineio.EngineVersion;
import io.letschat.engineio.RejectReason;
import io.letschat.engineio.session.EngineSession;
import io.letschat.engineio.session.EngineSessionListener;
import io.letschat.socketio.ConformantSocketIOServer;
import io.letschat.socketio.SocketIoRejectReason;
import io.letschat.socketio.SocketIoSettings;
import io.letschat.socketio.StateRecovery;
import io.letschat.socketio.TemporarilyUnavailable;
import io.letschat.socketio.namespace.ServerNamespace;
import io.letschat.socketio.namespace.ServerSocket;
import io.letschat.socketio.packet.BinaryPacketReassembler;
import io.letschat.socketio.packet.JsonArguments;
import io.letschat.socketio.packet.MalformedMessage;
import io.letschat.socketio.packet.PacketHeader;
import io.letschat.socketio.packet.PacketKind;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a Socket.IO client, with a client in each namespace that it joined. Packets are
 * taken apart on the event loop and handled, in order, on a virtual thread.
 */
public final class SocketIoClient implements EngineSessionListener {
  private static final Logger log = LoggerFactory.getLogger(SocketIoClient.class);

  private final ConformantSocketIOServer server;
  private final EngineSession session;
  private final SerialExecutor tasks;
  private final ConnectHandler connectHandler;

  /** Touched by the receiving event loop only. */
  private final BinaryPacketReassembler assembly;

  private volatile boolean rejected;

  // Touched by the tasks only.
  private final Map<String, ServerSocket> clients = new HashMap<>(2);
  private final Set<String> left = new HashSet<>(0);
  private @Nullable Future<?> connectTimeout;

  public SocketIoClient(ConformantSocketIOServer server, EngineSession session) {
    this.server = server;
    this.session = session;
    this.connectHandler = new ConnectHandler(server, this);
    this.assembly = new BinaryPacketReassembler(server.settings());
    this.tasks =
        new SerialExecutor(
            server.settings().maxUnhandledEvents(),
            new SerialExecutor.Source() {
              @Override
              public void pauseReading() {
                session.pauseReading();
              }

              @Override
              public void resumeReading() {
                session.resumeReading();
              }
            });
    execute(this::awaitConnect);
    if (session.version() == EngineVersion.V3) {
      execute(() -> connect("/", null));
    }
  }

  public EngineSession session() {
    return session;
  }

  public SocketIoSettings settings() {
    return server.settings();
  }

  public void refused(RejectReason rejectReason) {
    settings().engine().rejections().rejected(rejectReason);
  }

  /** Runs a task after all that the client sent before. */
  public void execute(Runnable task) {
    tasks.submit(task);
  }

  /** What the client sent and nobody has dealt with yet. */
  public int unhandled() {
    return tasks.size();
  }

  /** Runs a task once the clients of a session that has ended are gone. */
  public void afterDisconnect(Runnable task) {
    execute(() -> execute(task));
  }

  private void awaitConnect() {
    connectTimeout =
        session.schedule(() -> execute(this::closeUnlessConnected), settings().connectTimeout());
  }

  private void stopAwaitingConnect() {
    Future<?> waiting = connectTimeout;
    connectTimeout = null;
    if (waiting != null) {
      waiting.cancel(false);
    }
  }

  private void closeUnlessConnected() {
    if (clients.isEmpty() && session.isOpen()) {
      refused(SocketIoRejectReason.CONNECT_TIMEOUT);
      session.close();
    }
  }

  // ---- receiving, on the event loop

  @Override
  public synchronized void onText(String data) {
    try {
      handleLater(assembly.onText(data));
    } catch (MalformedMessage e) {
      reject(e);
    }
  }

  @Override
  public synchronized void onBinary(byte[] data) {
    try {
      handleLater(assembly.onBinary(data));
    } catch (MalformedMessage e) {
      reject(e);
    }
  }

  private void handleLater(BinaryPacketReassembler.@Nullable Whole packet) {
    if (packet != null) {
      long received = System.nanoTime();
      execute(() -> handle(packet.header(), packet.attachments(), received));
    }
  }

  @Override
  public void onClose(CloseReason reason) {
    execute(() -> {
      stopAwaitingConnect();
      List.copyOf(clients.values()).forEach(client -> disconnected(client, false));
      execute(() -> server.ended(this));
    });
  }

  /** What was sent after it is not handled, even if it has been received. */
  private void reject(MalformedMessage cause) {
    rejected = true;
    log.debug("Malformed message from {}: {}", session.handshake().client(), cause.getMessage());
    refused(SocketIoRejectReason.MALFORMED_MESSAGE);
    session.close();
  }

  // ---- handling, on a virtual thread

  private void handle(PacketHeader packetHeader, List<byte[]> binaries, long received) {
    if (rejected) {
      return;
    }
    try {
      JsonNode payload = server.payloads().read(packetHeader, binaries);
      if (packetHeader.kind() == PacketKind.CONNECT) {
        if (clients.containsKey(packetHeader.namespace())) {
          throw new MalformedMessage("already connected");
        }
        connect(packetHeader.namespace(), ConnectHandler.authOf(packetHeader, payload));
        return;
      }
      ServerSocket client = clients.get(packetHeader.namespace());
      if (client == null) {
        if (left.contains(packetHeader.namespace())) {
          return;
        }
        throw new MalformedMessage("not connected");
      }
      switch (packetHeader.kind()) {
        case EVENT -> {
          client.received(received);
          onEvent(client, packetHeader, payload);
        }
        case ACK -> {
          if (packetHeader.ackId() != null) {
            client.onAck(packetHeader.ackId(), payload);
          }
        }
        default -> disconnected(client, true);
      }
    } catch (MalformedMessage e) {
      reject(e);
    }
  }

  private void connect(String name, @Nullable Object auth) {
    if (!session.isOpen()) {
      return;
    }
    if (clients.size() >= settings().maxNamespaces()) {
      connectHandler.refuse(name, "Too many namespaces", SocketIoRejectReason.TOO_MANY_NAMESPACES);
      return;
    }
    ServerNamespace namespace = server.served(name);
    if (namespace == null) {
      connectHandler.refuse(name, "Invalid namespace", SocketIoRejectReason.UNKNOWN_NAMESPACE);
      return;
    }
    try {
      admit(namespace, name, auth);
    } catch (TemporarilyUnavailable later) {
      refused(later.reason());
      session.close(CloseReason.UNAVAILABLE);
    }
  }

  private void admit(ServerNamespace namespace, String name, @Nullable Object auth) {
    ServerSocket client = connectHandler.ask(namespace, name, auth);
    if (client != null && session.isOpen()) {
      Optional<StateRecovery.RecoverySession> recovery = connectHandler.recovery(client, auth);
      clients.put(name, client);
      left.remove(name);
      stopAwaitingConnect();
      connectHandler.accept(client, recovery);
    }
  }

  private void onEvent(ServerSocket client, PacketHeader packetHeader, JsonNode payload) {
    JsonNode name = payload.get(0);
    if (!client.isAdmitted() || !name.isTextual()) {
      return;
    }
    Packet packet = new Packet(PacketType.MESSAGE, client.getEngineIOVersion());
    packet.setSubType(PacketType.EVENT);
    packet.setName(name.textValue());
    packet.setAckId(packetHeader.ackId());
    client.isLogged();
    ServerNamespace namespace = client.namespace();
    List<Object> args;
    try {
      args = JsonArguments.ofEvent(namespace.getJsonSupport(), namespace.getName(), payload);
    } catch (IOException | RuntimeException e) {
      // Not what it says: there may be a piece of a message in it.
      log.debug("an event that its listener cannot take: {}", e.getClass().getName());
      refused(SocketIoRejectReason.MALFORMED_MESSAGE);
      return;
    }
    var ack = new AckRequest(packet, client);
    if (namespace.listensTo(name.textValue())) {
      namespace.onEvent(client, name.textValue(), args, ack);
    } else {
      server.unknownEvents().onUnknownEvent(client, name.textValue(), ack);
    }
  }

  /** Disconnects a client from its namespace on our behalf; from any thread. */
  public void disconnect(ServerSocket client) {
    if (client.isConnected()) {
      session.send(
          client
              .namespace()
              .encoder()
              .encode(PacketKind.DISCONNECT, client.namespace().getName(), null, null));
    }
    disconnected(client, true);
  }

  /** Disconnects all clients from their namespaces, and ends the session; from any thread. */
  public void close() {
    execute(() -> {
      List.copyOf(clients.values()).forEach(this::disconnect);
      session.close();
    });
  }

  /**
   * A client that was connected is no longer; from any thread.
   *
   * @param intentional whether that was wanted
   */
  public void disconnected(ServerSocket client, boolean intentional) {
    if (client.leave()) {
      execute(() -> {
        String name = ConformantSocketIOServer.wireName(client.namespace().getName());
        clients.remove(name, client);
        left.add(name);
        client.isLogged();
        client.left();
        server.gone(client, intentional);
        if (clients.isEmpty() && session.isOpen()) {
          awaitConnect();
        }
      });
    }
  }
}
