package io.letschat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.corundumstudio.socketio.SocketIOClient;
import io.letschat.netty.testing.WebSocketConnection;
import io.letschat.socketio.fixture.EchoServer;
import io.letschat.socketio.fixture.RawSocketIo;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the transport makes of {@link StateRecovery}. */
class StateRecoveryTest {
  private static final UUID EARLIER = UUID.fromString("f3b1c9a0-0000-4000-8000-000000000001");

  private final ConformantSocketIOServer server = EchoServer.with(SocketIoSettings.defaults());
  private final Remembering recovery = new Remembering();

  @BeforeEach
  void start() {
    server.enableStateRecovery(recovery);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  /** Recovers whoever says the pid {@code known}. */
  private static final class Remembering implements StateRecovery {
    private final List<Optional<ReconnectAttempt>> asked = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<Boolean> gone = new LinkedBlockingQueue<>();

    @Override
    public Optional<RecoverySession> restore(
        RecoverableSocket client, Optional<ReconnectAttempt> attempt) {
      asked.add(attempt);
      return Optional.of(
          attempt.filter(claim -> claim.pid().equals("known")).isPresent()
              ? new RecoverySession("known", Optional.of(new Earlier(client)))
              : new RecoverySession("fresh", Optional.empty()));
    }

    @Override
    public void disconnected(RecoverableSocket client, boolean intentional) {
      gone.add(intentional);
    }
  }

  private record Earlier(RecoverableSocket client) implements StateRecovery.RestoredState {
    @Override
    public UUID id() {
      return EARLIER;
    }

    @Override
    public void replay() {
      client.sendEvent("missed", "this", new RecoveryOffset("@1"));
    }

    @Override
    public void discard() {}
  }

  private WebSocketConnection connect(String packet) throws Exception {
    WebSocketConnection socket = RawSocketIo.open(server);
    socket.send(packet);
    return socket;
  }

  @Test
  void a_new_client_gets_a_pid() throws Exception {
    try (WebSocketConnection socket = connect("40")) {
      assertThat(socket.message()).startsWith("40{\"sid\":\"").endsWith("\"pid\":\"fresh\"}");
      assertThat(recovery.asked).containsExactly(Optional.empty());
    }
  }

  @Test
  void a_recovered_client_has_its_id_again_and_what_it_missed_comes_after_connect()
      throws Exception {
    try (WebSocketConnection socket =
        connect("40{\"pid\":\"known\",\"offset\":\"@0\",\"token\":\"mine\"}")) {
      assertThat(socket.message()).isEqualTo("40{\"sid\":\"" + EARLIER + "\",\"pid\":\"known\"}");
      assertThat(socket.message()).isEqualTo("42[\"auth\",{\"token\":\"mine\"}]");
      assertThat(socket.message()).isEqualTo("42[\"missed\",\"this\",\"@1\"]");
      assertThat(recovery.asked)
          .containsExactly(
              Optional.of(new StateRecovery.ReconnectAttempt("known", Optional.of("@0"))));
      assertThat(server.getClient(EARLIER)).isNotNull();
    }
  }

  @Test
  void a_pid_that_is_no_text_or_has_no_end_is_none() throws Exception {
    for (String auth :
        List.of("{\"pid\":7}", "{\"pid\":null}", "{\"pid\":\"" + "x".repeat(200) + "\"}")) {
      try (WebSocketConnection socket = connect("40" + auth)) {
        assertThat(socket.message()).contains("\"pid\":\"fresh\"");
      }
    }
    try (WebSocketConnection socket = connect("40{\"pid\":\"known\",\"offset\":7}")) {
      assertThat(socket.message()).contains("\"pid\":\"known\"");
    }
    assertThat(recovery.asked)
        .containsExactly(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new StateRecovery.ReconnectAttempt("known", Optional.empty())));
  }

  @Test
  void who_is_refused_is_not_asked_about() throws Exception {
    try (WebSocketConnection socket = connect("40{\"pid\":\"known\",\"token\":\"wrong\"}")) {
      assertThat(socket.message()).startsWith("44");
      assertThat(recovery.asked).isEmpty();
    }
  }

  @Test
  void other_namespaces_and_old_clients_know_nothing_of_it() throws Exception {
    try (WebSocketConnection socket = connect("40/custom,{\"pid\":\"known\"}")) {
      assertThat(socket.message()).startsWith("40/custom,{\"sid\":").doesNotContain("pid");
    }
    try (WebSocketConnection old = new WebSocketConnection(server.port(), RawSocketIo.V4)) {
      assertThat(old.text()).startsWith("0{");
      assertThat(old.message()).isEqualTo("40");
    }
    assertThat(recovery.asked).isEmpty();
  }

  @Test
  void an_offset_reaches_only_those_who_take_it() throws Exception {
    try (WebSocketConnection taking = RawSocketIo.connect(server);
        WebSocketConnection old = new WebSocketConnection(server.port(), RawSocketIo.V4)) {
      taking.message();
      old.text();
      old.message();
      old.message();

      server.getBroadcastOperations().sendEvent("news", 1, new RecoveryOffset("@7"));
      assertThat(taking.message()).isEqualTo("42[\"news\",1,\"@7\"]");
      assertThat(old.message()).isEqualTo("42[\"news\",1]");
    }
  }

  @Test
  void after_offsets_are_withheld_none_follows_until_they_are_offered_again() throws Exception {
    try (WebSocketConnection socket = RawSocketIo.connect(server)) {
      socket.message();
      SocketIOClient client = server.getAllClients().iterator().next();
      ((RecoverableSocket) client).disableOffsets("forget");
      client.sendEvent("news", new RecoveryOffset("@7"));
      ((RecoverableSocket) client).enableOffsets();
      client.sendEvent("news", new RecoveryOffset("@8"));

      assertThat(socket.message()).isEqualTo("42[\"forget\",\"\"]");
      assertThat(socket.message()).isEqualTo("42[\"news\"]");
      assertThat(socket.message()).isEqualTo("42[\"news\",\"@8\"]");
    }
  }

  @Test
  void it_is_told_apart_whether_a_connection_was_ended_or_lost() throws Exception {
    try (WebSocketConnection socket = RawSocketIo.connect(server)) {
      socket.send("41");
      assertThat(recovery.gone.poll(30, TimeUnit.SECONDS)).isTrue();
    }
    RawSocketIo.connect(server).close();
    assertThat(recovery.gone.poll(30, TimeUnit.SECONDS)).isFalse();
    try (WebSocketConnection socket = RawSocketIo.connect(server)) {
      server.getAllClients().forEach(SocketIOClient::disconnect);
      assertThat(recovery.gone.poll(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
