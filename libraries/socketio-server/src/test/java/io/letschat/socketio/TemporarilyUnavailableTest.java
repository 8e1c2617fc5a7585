package io.letschat.socketio;

import static io.letschat.netty.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.corundumstudio.socketio.AuthTokenResult;
import io.letschat.engineio.EngineRejectReason;
import io.letschat.engineio.EngineSettings;
import io.letschat.engineio.RejectReason;
import io.letschat.netty.testing.HttpConnection;
import io.letschat.netty.testing.WebSocketConnection;
import io.letschat.socketio.fixture.EchoServer;
import io.letschat.socketio.fixture.RawSocketIo;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What will pass is answered with nothing that a client takes for final: not with CONNECT_ERROR,
 * after which clients from 4.5 on never try again, and not with a close packet, after which Python
 * does not.
 */
class TemporarilyUnavailableTest {
  private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

  private final List<RejectReason> refused = new CopyOnWriteArrayList<>();
  private final ConformantSocketIOServer server =
      EchoServer.with(
          SocketIoSettings.defaults().toBuilder()
              .engine(new EngineSettings.Builder().rejections(refused::add).build())
              .build());
  private volatile Optional<RuntimeException> trouble =
      Optional.of(new TemporarilyUnavailable(EngineRejectReason.OVERLOADED));

  @BeforeEach
  void start() {
    server
        .addNamespace("/")
        .addAuthTokenListener((auth, client) -> {
          trouble.ifPresent(failure -> {
            throw failure;
          });
          return AuthTokenResult.AuthTokenResultSuccess;
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void a_web_socket_just_ends() throws IOException {
    try (WebSocketConnection socket = RawSocketIo.open(server)) {
      socket.send("40");
      assertThat(socket.closeStatus()).as("no packet and no close frame").isEqualTo(-1);
    }
    assertThat(refused).containsExactly(EngineRejectReason.OVERLOADED);
  }

  @Test
  void a_web_socket_of_an_old_client_just_ends() throws IOException {
    try (WebSocketConnection socket = new WebSocketConnection(server.port(), RawSocketIo.V4)) {
      assertThat(socket.text()).startsWith("0{");
      assertThat(socket.closeStatus()).as("no packet and no close frame").isEqualTo(-1);
    }
  }

  @Test
  void a_poll_is_answered_with_503() throws IOException {
    try (HttpConnection http = new HttpConnection(server.port());
        HttpConnection poll = new HttpConnection(server.port())) {
      String sid = http.get(POLLING).text().split("\"")[3];
      poll.send("GET", POLLING + "&sid=" + sid);
      assertThat(http.post(POLLING + "&sid=" + sid, "40").status()).isEqualTo(200);
      HttpConnection.Answer answer = poll.answer();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("retry-after")).isEqualTo("2");
      eventually("it is forgotten", () -> server.engine().sessionCount() == 0);
      assertThat(http.get(POLLING + "&sid=" + sid).text()).contains("Session ID unknown");
    }
  }

  /** Whatever it is: a listener that fails has let nobody in, and has not said no either. */
  @Test
  void a_listener_that_fails_lets_nobody_in_and_says_no_to_nobody() throws IOException {
    trouble = Optional.of(new IllegalStateException("a defect"));
    try (WebSocketConnection socket = RawSocketIo.open(server)) {
      socket.send("40");
      assertThat(socket.closeStatus()).isEqualTo(-1);
    }
    assertThat(server.getAllClients()).isEmpty();
    assertThat(refused).containsExactly(EngineRejectReason.UNAVAILABLE);
  }

  @Test
  void handshakes_are_refused_while_there_is_a_reason() throws IOException {
    trouble = Optional.empty();
    server.engine().rejectNewSessions(() -> Optional.of(EngineRejectReason.UNAVAILABLE));
    try (HttpConnection http = new HttpConnection(server.port())) {
      HttpConnection.Answer polling = http.get(POLLING);
      assertThat(polling.status()).isEqualTo(503);
      assertThat(polling.header("retry-after")).isEqualTo("2");
      HttpConnection.Answer webSocket =
          http.get(
              RawSocketIo.V5,
              "Connection: Upgrade",
              "Upgrade: websocket",
              "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==");
      assertThat(webSocket.status()).isEqualTo(503);
    }
    server.engine().rejectNewSessions(Optional::empty);
    RawSocketIo.connect(server).close();
  }
}
