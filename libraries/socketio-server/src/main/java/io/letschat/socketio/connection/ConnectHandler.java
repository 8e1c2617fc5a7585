package io.letschat.socketio.connection;

import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.HandshakeData;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.letschat.engineio.EngineRejectReason;
import io.letschat.engineio.EngineVersion;
import io.letschat.engineio.Handshake;
import io.letschat.engineio.RejectReason;
import io.letschat.engineio.session.EngineSession;
import io.letschat.socketio.SocketIoRejectReason;
import io.letschat.socketio.StateRecovery;
import io.letschat.socketio.TemporarilyUnavailable;
import io.letschat.socketio.namespace.NamespaceRegistry;
import io.letschat.socketio.namespace.ServerNamespace;
import io.letschat.socketio.namespace.ServerSocket;
import io.letschat.socketio.packet.PacketHeader;
import io.letschat.socketio.packet.PacketKind;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles CONNECT: authenticates a client, and answers with CONNECT or CONNECT_ERROR. */
public final class ConnectHandler {
  private static final Logger log = LoggerFactory.getLogger(ConnectHandler.class);
  private static final ObjectMapper PLAIN = new ObjectMapper();

  private final ConnectionContext context;
  private final SocketIoClient connection;

  ConnectHandler(ConnectionContext context, SocketIoClient connection) {
    this.context = context;
    this.connection = connection;
  }

  /**
   * The auth payload as a map; null when there is none. Old clients put it into the namespace's
   * query.
   */
  public static @Nullable Object authOf(PacketHeader packetHeader, JsonNode payload) {
    if (payload.isObject()) {
      return PLAIN.convertValue(payload, Map.class);
    }
    if (packetHeader.query() == null) {
      return null;
    }
    Map<String, String> auth = new HashMap<>();
    try {
      new QueryStringDecoder(packetHeader.query(), false)
          .parameters()
          .forEach((name, values) -> auth.put(name, values.getLast()));
    } catch (IllegalArgumentException e) {
      return null;
    }
    return auth;
  }

  /** The namespace to connect to; null when that is rejected, which the client has been sent. */
  @Nullable ServerNamespace namespace(String name, int connected) {
    if (connected >= context.settings().maxNamespaces()) {
      reject(name, "Too many namespaces", SocketIoRejectReason.TOO_MANY_NAMESPACES);
      return null;
    }
    ServerNamespace namespace = context.namespaces().find(name);
    if (namespace == null) {
      reject(name, "Invalid namespace", SocketIoRejectReason.UNKNOWN_NAMESPACE);
    }
    return namespace;
  }

  /**
   * Asks the namespace's auth listeners; null when they rejected, which the client has been sent.
   *
   * @throws TemporarilyUnavailable if they cannot say, also where one of them fails
   */
  @Nullable ServerSocket authenticate(
      ServerNamespace namespace, String name, @Nullable Object payload) {
    Object auth =
        recovers(namespace) ? StateRecovery.ReconnectAttempt.withoutItsFields(payload) : payload;
    HandshakeData data = handshakeData(auth);
    ServerSocket client = new ServerSocket(connection, namespace, data);
    client.addToLogContext();
    AuthTokenResult result;
    try {
      result =
          isAuthorized(data)
              ? namespace.onAuthData(client, auth)
              : new AuthTokenResult(false, "unauthorized");
    } catch (TemporarilyUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      context.configuration().getExceptionListener().onAuthException(e, client);
      throw new TemporarilyUnavailable(EngineRejectReason.UNAVAILABLE);
    }
    if (!result.isSuccess()) {
      reject(name, result.getErrorData(), SocketIoRejectReason.UNAUTHORIZED);
      return null;
    }
    return client;
  }

  /** The library's listener of the first request, which is asked here: it may block. */
  private boolean isAuthorized(HandshakeData data) {
    return context
        .configuration()
        .getAuthorizationListener()
        .getAuthorizationResult(data)
        .isAuthorized();
  }

  private HandshakeData handshakeData(@Nullable Object auth) {
    Handshake handshake = connection.session().handshake();
    HandshakeData data =
        new HandshakeData(
            handshake.headers(),
            handshake.query(),
            handshake.client(),
            handshake.local() instanceof InetSocketAddress local ? local : null,
            handshake.uri(),
            handshake.foreignOrigin());
    data.setAuthToken(auth);
    return data;
  }

  private boolean recovers(ServerNamespace namespace) {
    return connection.session().version() == EngineVersion.V4
        && namespace.getName().isEmpty()
        && context.recovery() != null;
  }

  /**
   * Restores the state of a client that was authenticated; empty where recovery is not offered.
   *
   * @throws TemporarilyUnavailable if the client is to try again
   */
  Optional<StateRecovery.RecoverySession> recovery(ServerSocket client, @Nullable Object payload) {
    StateRecovery recovery = context.recovery();
    if (recovery == null || !recovers(client.namespace())) {
      return Optional.empty();
    }
    try {
      return recovery.restore(client, StateRecovery.ReconnectAttempt.from(payload));
    } catch (TemporarilyUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      log.error("Connection state recovery of {} failed", client, e);
      return Optional.empty();
    }
  }

  /**
   * The client belongs to the namespace before it can know so, yet nothing is sent to it before the
   * CONNECT packet.
   */
  void accept(ServerSocket client, Optional<StateRecovery.RecoverySession> recovery) {
    Optional<StateRecovery.RestoredState> recovered =
        recovery.flatMap(StateRecovery.RecoverySession::recovered);
    recovered.ifPresent(earlier -> client.recoverAs(earlier.id()));
    EngineSession session = connection.session();
    ServerNamespace namespace = client.namespace();
    Map<String, String> data = new LinkedHashMap<>();
    data.put("sid", client.getSessionId().toString());
    recovery.ifPresent(offered -> {
      client.enableOffsets();
      data.put("pid", offered.pid());
    });
    session.send(
        namespace
            .encoder()
            .encode(
                PacketKind.CONNECT,
                namespace.getName(),
                null,
                session.version() == EngineVersion.V3 ? null : data),
        client::joinNamespace);
    if (client.isInNamespace()) {
      namespace.onConnect(client);
      recovered.ifPresent(StateRecovery.RestoredState::replay);
    } else {
      recovered.ifPresent(StateRecovery.RestoredState::discard);
    }
  }

  /**
   * CONNECT_ERROR with {@code {message}}; for old clients the ERROR packet with the bare message.
   */
  void reject(String name, @Nullable Object error, RejectReason reason) {
    connection.countRejection(reason);
    Map<String, Object> data = new LinkedHashMap<>();
    switch (error) {
      case Map<?, ?> map -> map.forEach((key, value) -> data.put(String.valueOf(key), value));
      case null -> data.put("message", "unauthorized");
      case String message -> data.put("message", message);
      default -> data.put("data", error);
    }
    data.putIfAbsent("message", "unauthorized");
    Object payload =
        connection.session().version() == EngineVersion.V3 ? data.get("message") : data;
    connection
        .session()
        .send(
            context
                .encoder()
                .encode(PacketKind.CONNECT_ERROR, NamespaceRegistry.apiName(name), null, payload));
  }
}
