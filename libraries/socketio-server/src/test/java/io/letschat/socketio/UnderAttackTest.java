package io.letschat.socketio;

import static io.letschat.netty.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.netty.testing.HttpConnection;
import io.letschat.netty.testing.WebSocketConnection;
import io.letschat.socketio.fixture.AttackedServer;
import io.letschat.socketio.fixture.RawSocketIo;
import io.letschat.socketio.fixture.WellBehavedClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One small server process under one attack after the other: it answers as stated, its log stays
 * quiet, a friend who is connected all the time notices nothing, and when the attack is over the
 * tables are empty and the memory is what it was. Requests that hide others, and what the front
 * does with slow clients, have their own tests in the front's package.
 */
class UnderAttackTest {
  private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
  private static final long MORE_HEAP = 2 * 1024 * 1024;

  /** Netty keeps some of what it has once used. */
  private static final long MORE_DIRECT = 4 * 1024 * 1024;

  private static AttackedServer server;
  private static AttackedServer.State base;
  private WellBehavedClient wellBehavedClient;

  @BeforeAll
  static void start() throws Exception {
    server = new AttackedServer();
    // What a server loads and keeps once it has served anybody is no leak.
    for (int i = 0; i < 100; i++) {
      new WebSocketConnection(server.port(), RawSocketIo.V5).http().reset();
      try (HttpConnection http = new HttpConnection(server.port())) {
        http.post(POLLING + "&sid=" + sid(http), "1");
      }
    }
    eventually("all are gone", () -> state().isEmpty());
    base = state();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @BeforeEach
  void makeAFriend() throws Exception {
    wellBehavedClient = new WellBehavedClient(server.port());
    wellBehavedClient.isServed();
  }

  @AfterEach
  void all_is_as_it_was() throws Exception {
    wellBehavedClient.isServed();
    wellBehavedClient.close();
    eventually("the tables are empty", () -> state().isEmpty());
    eventually("heap is free again", () -> state().heap() < base.heap() + MORE_HEAP);
    AttackedServer.State now = state();
    assertThat(now.direct()).isLessThan(base.direct() + MORE_DIRECT);
    assertThat(now.log()).isEmpty();
  }

  private static AttackedServer.State state() {
    try {
      return server.state();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long refused(String reason) {
    return state().refused().getOrDefault(reason, -1L);
  }

  private static String sid(HttpConnection http) throws IOException {
    return http.get(POLLING).text().split("\"")[3];
  }

  @Test
  void ten_thousand_handshakes_without_a_word_after_them() throws Exception {
    try (HttpConnection http = new HttpConnection(server.port())) {
      int refused = 0;
      for (int i = 0; i < 10_050; i++) {
        int status = http.get(POLLING).status();
        assertThat(status).isIn(200, 429);
        refused += status == 429 ? 1 : 0;
      }
      // Slow machines see the first ones time out before the last ones come.
      assertThat(refused).isLessThanOrEqualTo(51);
      assertThat(state().sessions()).isLessThanOrEqualTo(10_000);
      wellBehavedClient.isServed();
    }
    eventually("the friend is alone", () -> state().sessions() == 1);
  }

  @Test
  void a_storm_of_connections_that_are_reset() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      HttpConnection silent = new HttpConnection(server.port());
      silent.reset();
      HttpConnection upgrading = new HttpConnection(server.port());
      upgrading.write(WebSocketConnection.request(RawSocketIo.V5));
      upgrading.reset();
      WebSocketConnection connected = new WebSocketConnection(server.port(), RawSocketIo.V5);
      connected.send("40");
      connected.http().reset();
      HttpConnection polling = new HttpConnection(server.port());
      polling.send("GET", POLLING + "&sid=" + sid(polling));
      polling.reset();
    }
    wellBehavedClient.isServed();
  }

  @Test
  void readers_that_stop_reading_and_pollers_that_never_poll_under_200_mb() throws Exception {
    int count = 10_000;
    long before = refused("SLOW_CLIENT");
    List<HttpConnection> stuck = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      WebSocketConnection reader = new WebSocketConnection(server.port(), RawSocketIo.V5);
      reader.send("40");
      stuck.add(reader.http());
      HttpConnection poller = new HttpConnection(server.port());
      poller.post(POLLING + "&sid=" + sid(poller), "40");
      stuck.add(poller);
    }
    eventually("all are in", () -> state().clients() == 11);
    wellBehavedClient.startOver();
    server.broadcast(count, 20_000);
    eventually("the friend has heard it all", () -> wellBehavedClient.news() == count);
    assertThat(refused("SLOW_CLIENT") - before).isEqualTo(10);
    assertThat(state().sessions()).isEqualTo(1);
    for (HttpConnection one : stuck) {
      one.close();
    }
  }

  @Test
  void bodies_and_frames_that_drip() throws Exception {
    long bodiesBefore = refused("BODY_TIMEOUT");
    long framesBefore = refused("PING_TIMEOUT");
    List<HttpConnection> dripping = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      HttpConnection body = new HttpConnection(server.port());
      String session = POLLING + "&sid=" + sid(body);
      body.send("POST", session, "Content-Length: 100000");
      dripping.add(body);
      WebSocketConnection frame = new WebSocketConnection(server.port(), RawSocketIo.V5);
      frame.send("40");
      // The head of a text frame of 65,535 bytes.
      frame.http().write(new byte[] {(byte) 0x81, (byte) 0xfe, -1, -1, 1, 2, 3, 4});
      dripping.add(frame.http());
    }
    while (!dripping.isEmpty()) {
      dripping.removeIf(one -> !drips(one));
      wellBehavedClient.isServed();
    }
    assertThat(refused("BODY_TIMEOUT") - bodiesBefore).isEqualTo(100);
    eventually(
        "the sessions end with their heartbeat",
        () -> refused("PING_TIMEOUT") - framesBefore == 200);
  }

  /** A byte more; false once the server has closed the connection. */
  private static boolean drips(HttpConnection connection) {
    try {
      connection.write("x");
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
