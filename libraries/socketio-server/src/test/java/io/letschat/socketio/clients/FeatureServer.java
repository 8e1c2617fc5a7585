package io.letschat.socketio.clients;

import static io.letschat.netty.testing.Eventually.eventually;

import com.corundumstudio.socketio.AckMode;
import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.MultiTypeAckCallback;
import com.corundumstudio.socketio.MultiTypeArgs;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import io.letschat.engineio.EngineSettings;
import io.letschat.engineio.EngineTransport;
import io.letschat.socketio.ConformantSocketIOServer;
import io.letschat.socketio.SocketIoSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What the clients' features need from a server, which can be started again on its port. */
final class FeatureServer implements AutoCloseable {
  private final boolean upgrades;
  private final int port;
  private ConformantSocketIOServer server;
  private boolean closed;

  /** With whether its clients begin with polling and go on with a WebSocket. */
  FeatureServer(boolean upgrades) {
    this.upgrades = upgrades;
    server = started(0);
    port = server.port();
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Waits until every client has said that it leaves, or was missed by its heartbeat. */
  void awaitGoodbyes(String from) {
    eventually(() -> "no session is left of " + from + ", but " + left(), this::isDeserted);
  }

  private synchronized boolean isDeserted() {
    return server.engine().sessionCount() == 0;
  }

  private synchronized List<String> left() {
    return server.engine().sessions().stream()
        .map(left -> left.version() + " by " + left.transport() + (left.isOpen() ? "" : ", ending"))
        .toList();
  }

  private synchronized void restart() {
    if (!closed) {
      if (upgrades) {
        awaitUpgrades();
      }
      server.stop();
      server = started(port);
    }
  }

  /**
   * A client that upgrades polls no more. socket.io-client 4.0 never does again when its WebSocket
   * ends before it has read the last poll's answer: it hears of nothing until its ping timeout.
   */
  private void awaitUpgrades() {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (System.nanoTime() < until
        && !server.engine().sessions().stream()
            .allMatch(session -> session.transport() == EngineTransport.WEBSOCKET)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    server.stop();
  }

  private ConformantSocketIOServer started(int onPort) {
    Configuration configuration = new Configuration();
    configuration.setHostname("127.0.0.1");
    configuration.setPort(onPort);
    configuration.setWorkerThreads(2);
    configuration.setAckMode(AckMode.MANUAL);
    SocketIoSettings settings =
        SocketIoSettings.defaults().toBuilder()
            .engine(
                new EngineSettings.Builder()
                    .allowedOrigins(origin -> true)
                    .heartbeat(Duration.ofSeconds(15), Duration.ofSeconds(10))
                    .build())
            .build();
    ConformantSocketIOServer made = new ConformantSocketIOServer(configuration, settings);
    serve(made.addNamespace("/"));
    serve(made.addNamespace("/custom"));
    made.start();
    return made;
  }

  /** Clients of revision 3 have no auth but the query. */
  private static Object tokenOf(SocketIOClient client, Object auth) {
    return auth instanceof Map<?, ?> map && map.containsKey("token")
        ? map.get("token")
        : client.getHandshakeData().getSingleUrlParam("token");
  }

  private void serve(SocketIONamespace namespace) {
    Class<?>[] anything = new Class<?>[8];
    Arrays.fill(anything, Object.class);
    namespace.addAuthTokenListener((auth, client) -> {
      Object token = tokenOf(client, auth);
      if (token != null) {
        client.set("token", token);
      }
      return "wrong".equals(token)
          ? new AuthTokenResult(false, "unauthorized")
          : AuthTokenResult.AuthTokenResultSuccess;
    });
    namespace.addEventListener(
        "who", Object.class, (client, none, ack) -> ack.sendAckData(client.<Object>get("token")));
    namespace.addEventListener(
        "namespace",
        Object.class,
        (client, none, ack) -> ack.sendAckData(client.getNamespace().getName()));
    namespace.addMultiTypeEventListener(
        "echo",
        (client, data, ack) -> client.sendEvent("echoed", data.getArgs().toArray()),
        anything);
    namespace.addMultiTypeEventListener(
        "answer", (client, data, ack) -> ack.sendAckData(data.getArgs().toArray()), anything);
    namespace.addMultiTypeEventListener(
        "ask",
        (client, data, ack) ->
            client.sendEvent(
                "question",
                new MultiTypeAckCallback(Object.class, Object.class, Object.class) {
                  @Override
                  public void onSuccess(MultiTypeArgs answers) {
                    ack.sendAckData(answers.getArgs().toArray());
                  }
                },
                data.getArgs().toArray()),
        anything);
    namespace.addEventListener(
        "join",
        String.class,
        (client, room, ack) -> {
          client.joinRoom(room);
          ack.sendAckData();
        });
    namespace.addMultiTypeEventListener(
        "to room",
        (client, data, ack) ->
            namespace
                .getRoomOperations(data.<String>first())
                .sendEvent("room", data.getArgs().subList(1, data.size()).toArray()),
        anything);
    namespace.addEventListener("kick", Object.class, (client, none, ack) -> client.disconnect());
    namespace.addEventListener(
        "restart", Object.class, (client, none, ack) -> Thread.ofVirtual().start(this::restart));
  }
}
