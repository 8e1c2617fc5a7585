package io.letschat.socketio.connection;

import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.engineio.CloseReason;
import io.letschat.engineio.EngineVersion;
import io.letschat.engineio.RejectReason;
import io.letschat.engineio.session.EngineSession;
import io.letschat.engineio.session.EngineSessionListener;
import io.letschat.socketio.SocketIoRejectReason;
import io.letschat.socketio.SocketIoSettings;
import io.letschat.socketio.StateRecovery;
import io.letschat.socketio.TemporarilyUnavailable;
import io.letschat.socketio.namespace.NamespaceRegistry;
import io.letschat.socketio.namespace.ServerNamespace;
import io.letschat.socketio.namespace.ServerSocket;
import io.letschat.socketio.packet.BinaryPacketReassembler;
import io.letschat.socketio.packet.MalformedMessage;
import io.letschat.socketio.packet.PacketHeader;
import io.letschat.socketio.packet.PacketKind;
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
 * One connection of a Socket.IO client, with a socket in each namespace that it joined. Packets are
 * decoded on the event loop and handled, in order, on a virtual thread.
 */
public final class SocketIoClient implements EngineSessionListener {
  private static final Logger log = LoggerFactory.getLogger(SocketIoClient.class);

  private final ConnectionContext context;
  private final EngineSession session;
  private final SerialExecutor tasks;
  private final ConnectHandler connectHandler;
  private final ConnectTimeout connectTimeout;
  private final EventDispatcher events;

  /** Confined to the receiving event loop. */
  private final BinaryPacketReassembler reassembler;

  private volatile boolean rejected;

  // Confined to the tasks.
  private final Map<String, ServerSocket> sockets = new HashMap<>(2);
  private final Set<String> leftNamespaces = new HashSet<>(0);

  SocketIoClient(ConnectionContext context, EngineSession session) {
    this.context = context;
    this.session = session;
    this.connectHandler = new ConnectHandler(context, this);
    this.reassembler = new BinaryPacketReassembler(context.settings());
    this.tasks =
        new SerialExecutor(
            context.settings().maxUnhandledEvents(), session::pauseReading, session::resumeReading);
    this.connectTimeout = new ConnectTimeout(this);
    this.events = new EventDispatcher(context, this);
    execute(connectTimeout::start);
    if (session.version() == EngineVersion.V3) {
      execute(() -> connect("/", null));
    }
  }

  public EngineSession session() {
    return session;
  }

  public SocketIoSettings settings() {
    return context.settings();
  }

  public void countRejection(RejectReason rejectReason) {
    settings().engine().rejections().rejected(rejectReason);
  }

  /** Runs a task after all that the client sent before. */
  public void execute(Runnable task) {
    tasks.submit(task);
  }

  /** Packets that the client sent and no listener has handled yet. */
  public int unhandled() {
    return tasks.size();
  }

  /** Runs a task once the disconnect listeners of a session that has ended have run. */
  public void executeAfterDisconnect(Runnable task) {
    execute(() -> execute(task));
  }

  // ---- receiving, on the event loop

  @Override
  public synchronized void onText(String data) {
    try {
      handleLater(reassembler.onText(data));
    } catch (MalformedMessage e) {
      reject(e);
    }
  }

  @Override
  public synchronized void onBinary(byte[] data) {
    try {
      handleLater(reassembler.onBinary(data));
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
      connectTimeout.cancel();
      List.copyOf(sockets.values()).forEach(client -> disconnected(client, false));
      execute(() -> context.closed(this));
    });
  }

  /** What was sent after it is not handled, even if it has been received. */
  private void reject(MalformedMessage cause) {
    rejected = true;
    log.debug("Malformed message from {}: {}", session.handshake().client(), cause.getMessage());
    countRejection(SocketIoRejectReason.MALFORMED_MESSAGE);
    session.close();
  }

  // ---- handling, on a virtual thread

  private void handle(PacketHeader packetHeader, List<byte[]> binaries, long received) {
    if (rejected) {
      return;
    }
    try {
      JsonNode payload = context.payloads().read(packetHeader, binaries);
      if (packetHeader.kind() == PacketKind.CONNECT) {
        if (sockets.containsKey(packetHeader.namespace())) {
          throw new MalformedMessage("already connected");
        }
        connect(packetHeader.namespace(), ConnectHandler.authOf(packetHeader, payload));
        return;
      }
      ServerSocket client = sockets.get(packetHeader.namespace());
      if (client == null) {
        if (leftNamespaces.contains(packetHeader.namespace())) {
          return;
        }
        throw new MalformedMessage("not connected");
      }
      switch (packetHeader.kind()) {
        case EVENT -> {
          client.setReceivedAt(received);
          events.dispatch(client, packetHeader, payload);
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

  boolean hasNoNamespace() {
    return sockets.isEmpty();
  }

  private void connect(String name, @Nullable Object auth) {
    if (!session.isOpen()) {
      return;
    }
    ServerNamespace namespace = connectHandler.namespace(name, sockets.size());
    try {
      if (namespace != null) {
        authenticate(namespace, name, auth);
      }
    } catch (TemporarilyUnavailable unavailable) {
      countRejection(unavailable.reason());
      session.close(CloseReason.UNAVAILABLE);
    }
  }

  private void authenticate(ServerNamespace namespace, String name, @Nullable Object auth) {
    ServerSocket client = connectHandler.authenticate(namespace, name, auth);
    if (client != null && session.isOpen()) {
      Optional<StateRecovery.RecoverySession> recovery = connectHandler.recovery(client, auth);
      sockets.put(name, client);
      leftNamespaces.remove(name);
      connectTimeout.cancel();
      connectHandler.accept(client, recovery);
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

  /** Disconnects all sockets from their namespaces, and ends the session; from any thread. */
  public void close() {
    execute(() -> {
      List.copyOf(sockets.values()).forEach(this::disconnect);
      session.close();
    });
  }

  /**
   * A client that was connected is no longer; from any thread.
   *
   * @param intentional whether that was wanted
   */
  public void disconnected(ServerSocket client, boolean intentional) {
    if (client.leaveNamespace()) {
      execute(() -> {
        String name = NamespaceRegistry.wireName(client.namespace().getName());
        sockets.remove(name, client);
        leftNamespaces.add(name);
        client.addToLogContext();
        client.afterLeaving();
        context.disconnected(client, intentional);
        if (sockets.isEmpty() && session.isOpen()) {
          connectTimeout.start();
        }
      });
    }
  }
}
