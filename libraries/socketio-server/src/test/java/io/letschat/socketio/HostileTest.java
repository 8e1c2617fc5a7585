package io.letschat.socketio;

import static io.letschat.netty.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.letschat.engineio.EngineSettings;
import io.letschat.netty.testing.HttpConnection;
import io.letschat.netty.testing.NoLeaks;
import io.letschat.netty.testing.WebSocketConnection;
import io.letschat.socketio.fixture.EchoServer;
import io.letschat.socketio.fixture.RawSocketIo;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/**
 * What a client does that means harm: each has its stated end, the log stays quiet, no session and
 * no buffer stays behind, and a client that means well is served as before.
 */
@ExtendWith(NoLeaks.class)
class HostileTest {
  private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final ConformantSocketIOServer server =
      EchoServer.with(
          new SocketIoSettings.Builder()
              .connectTimeout(Duration.ofMillis(1500))
              .maxNamespaces(1)
              .maxRooms(5)
              .engine(
                  new EngineSettings.Builder()
                      .heartbeat(Duration.ofMillis(500), Duration.ofMillis(1500))
                      .bodyTimeout(Duration.ofMillis(500))
                      .build())
              .build());

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  @BeforeEach
  void start() {
    log.start();
    root().addAppender(log);
    server.start();
  }

  @AfterEach
  void nothing_is_left_behind() throws IOException {
    try (WebSocketConnection friend = RawSocketIo.connect(server)) {
      friend.send("421[\"message-with-ack\",\"still here\"]");
      String answer;
      do {
        answer = friend.message();
      } while (!answer.startsWith("43"));
      assertThat(answer).isEqualTo("431[\"still here\"]");
    }
    eventually("no session stays", () -> server.engine().sessionCount() == 0);
    eventually("no address stays", () -> server.engine().addressCount() == 0);
    eventually("no connection stays", () -> server.connectionCount() == 0);
    eventually("no client stays", () -> server.getAllClients().isEmpty());
    server.stop();
    root().detachAppender(log);
    assertThat(List.copyOf(log.list))
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .extracting(ILoggingEvent::getFormattedMessage)
        .isEmpty();
  }

  @Test
  void frames_that_break_the_rules_of_websocket() throws IOException {
    record Broken(String what, byte[] bytes, int status) {}
    byte[] unmasked = {(byte) 0x81, 2, '4', 'x'};
    byte[] hugeLength = {(byte) 0x81, (byte) 0xff, 0x7f, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0};
    byte[] negative = {(byte) 0x81, (byte) 0xff, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0};
    byte[] longMinimal = {(byte) 0x81, (byte) 0xfe, 0, 1, 0, 0, 0, 0, '4'};
    for (Broken broken :
        List.of(
            new Broken("unmasked", unmasked, 1002),
            new Broken("reserved bit 1", WebSocketConnection.frame(0xc1, "4x".getBytes()), 1002),
            new Broken("reserved bit 3", WebSocketConnection.frame(0x91, "4x".getBytes()), 1002),
            new Broken("opcode 3", WebSocketConnection.frame(0x83, "4x".getBytes()), 1002),
            new Broken("opcode 11", WebSocketConnection.frame(0x8b, "4x".getBytes()), 1002),
            new Broken("fragmented ping", WebSocketConnection.frame(0x09, "x".getBytes()), 1002),
            new Broken("long ping", WebSocketConnection.frame(0x89, new byte[126]), 1002),
            new Broken("orphan", WebSocketConnection.frame(0x80, "4x".getBytes()), 1002),
            new Broken("close of one byte", WebSocketConnection.frame(0x88, new byte[1]), 1002),
            new Broken(
                "close of a reserved status",
                WebSocketConnection.frame(0x88, new byte[] {3, (byte) 0xed}),
                1002),
            new Broken("huge", hugeLength, 1009),
            new Broken("negative length", negative, 1002),
            new Broken("wasteful length", longMinimal, 1002),
            new Broken("no UTF-8", WebSocketConnection.frame(0x81, new byte[] {'4', -1}), 1007),
            new Broken(
                "surrogate",
                WebSocketConnection.frame(0x81, new byte[] {'4', -19, -96, -128}),
                1007))) {
      try (WebSocketConnection socket = RawSocketIo.connect(server)) {
        socket.http().write(broken.bytes());
        assertThat(socket.closeStatus()).as(broken.what()).isEqualTo(broken.status());
      }
    }
  }

  @Test
  void a_message_begun_within_a_message() throws IOException {
    try (WebSocketConnection socket = RawSocketIo.connect(server)) {
      socket.sendFrame(WebSocketConnection.TEXT, "4a".getBytes());
      socket.sendFrame(0x81, "4b".getBytes());
      assertThat(socket.closeStatus()).isEqualTo(1002);
    }
  }

  @Test
  void a_frame_that_never_ends_ends_with_the_heartbeat() throws IOException {
    try (WebSocketConnection socket = RawSocketIo.connect(server)) {
      socket.http().write(new byte[] {(byte) 0x81, (byte) 0xfe, 10, 0, 1, 2, 3, 4, 5});
      assertThat(socket.closeStatus()).isEqualTo(1005);
    }
  }

  @Test
  void handshakes_without_a_word_after_them() throws IOException {
    List<AutoCloseable> connections = new ArrayList<>();
    try (HttpConnection http = new HttpConnection(server.port())) {
      for (int i = 0; i < 10_000; i++) {
        assertThat(http.get(POLLING).status()).isEqualTo(200);
      }
      assertThat(http.get(POLLING).status()).isIn(200, 429);
      for (int i = 0; i < 50; i++) {
        connections.add(new HttpConnection(server.port()));
      }
    }
    eventually("no session stays", () -> server.engine().sessionCount() == 0);
    connections.forEach(HostileTest::close);
  }

  private static void close(AutoCloseable connection) {
    try {
      connection.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void connections_that_are_reset_at_every_stage() throws IOException {
    for (int round = 0; round < 30; round++) {
      HttpConnection nothing = new HttpConnection(server.port());
      nothing.reset();
      HttpConnection half = new HttpConnection(server.port());
      half.write("GET " + POLLING + " HTTP/1.1\r\nHo");
      half.reset();
      HttpConnection opened = new HttpConnection(server.port());
      String session = POLLING + "&sid=" + opened.get(POLLING).text().split("\"")[3];
      HttpConnection body = new HttpConnection(server.port());
      body.send("POST", session, "Content-Length: 900");
      body.write("4half");
      body.reset();
      opened.send("GET", session);
      opened.reset();
      HttpConnection upgrading = new HttpConnection(server.port());
      upgrading.write(WebSocketConnection.request(RawSocketIo.V5));
      upgrading.reset();
      WebSocketConnection connected = RawSocketIo.connect(server);
      connected.send("42[\"message\",1]");
      connected.http().reset();
      WebSocketConnection attaching = RawSocketIo.connect(server);
      attaching.send("452-[\"message\"]");
      attaching.send(new byte[100]);
      attaching.http().reset();
      WebSocketConnection fragmenting = RawSocketIo.connect(server);
      fragmenting.sendFrame(WebSocketConnection.TEXT, new byte[100]);
      fragmenting.http().reset();
    }
  }

  @Test
  void attachments_without_end() throws IOException {
    try (WebSocketConnection socket = RawSocketIo.connect(server)) {
      socket.send("4510-[\"message\"]");
      try {
        for (int i = 0; i < 10; i++) {
          socket.send(new byte[900_000]);
        }
      } catch (SocketException e) {
        // It was closed before all were sent.
      }
      assertThat(socket.closeStatus()).isIn(1005, -1);
    }
  }

  @Test
  void attachments_that_never_come() throws IOException {
    try (WebSocketConnection socket = RawSocketIo.connect(server)) {
      socket.send("451-[\"message\"]");
      assertThat(socket.closeStatus()).isEqualTo(1005);
    }
  }

  @Test
  void more_namespaces_and_rooms_than_anybody_needs() throws IOException {
    try (WebSocketConnection socket = RawSocketIo.connect(server)) {
      socket.message();
      socket.send("40/custom");
      assertThat(socket.message()).isEqualTo("44/custom,{\"message\":\"Too many namespaces\"}");
      for (int i = 0; i < 10; i++) {
        socket.send("421[\"join\",\"room" + i + "\"]");
        assertThat(socket.message()).startsWith("431");
      }
      assertThat(server.getAllClients().iterator().next().getAllRooms())
          .hasSizeLessThanOrEqualTo(6);
    }
  }

  @Test
  void a_storm_of_websocket_pings_from_one_who_does_not_read() throws IOException {
    byte[] ping = WebSocketConnection.frame(0x89, new byte[125]);
    byte[] many = new byte[ping.length * 1_000];
    for (int i = 0; i < 1_000; i++) {
      System.arraycopy(ping, 0, many, i * ping.length, ping.length);
    }
    try (WebSocketConnection socket = RawSocketIo.connect(server)) {
      for (int i = 0; i < 30; i++) {
        socket.http().write(many);
      }
    } catch (SocketException e) {
      // The heartbeat may have ended it.
    }
  }

  @Test
  void json_that_is_hard_on_parsers() throws IOException {
    for (String payload :
        new String[] {
          "[\"message\"," + "9".repeat(100_000) + "]",
          "[\"message\",1e999999999]",
          "[\"message\",{\"" + "k".repeat(60_000) + "\":1}]",
          "[\"message\",\"" + "\\u0000".repeat(1_000) + "\"]",
          "[\"message\"," + "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000) + "]",
          "[\"" + "e".repeat(100_000) + "\"]",
          "[\"message\",{\"__proto__\":{\"a\":1},\"constructor\":1,\"toString\":null}]",
          "[\"message\",{\"@class\":\"java.lang.Runtime\"}]",
        }) {
      try (WebSocketConnection socket = RawSocketIo.connect(server)) {
        socket.send("42" + payload);
        socket.send("1");
        socket.closeStatus();
      }
    }
  }

  @Test
  void noise() throws IOException {
    Random random = new Random(42);
    for (int i = 0; i < 300; i++) {
      byte[] noise = new byte[random.nextInt(400)];
      random.nextBytes(noise);
      try (HttpConnection http = new HttpConnection(server.port())) {
        http.write(noise);
        http.write("\r\n\r\n");
      }
      try (WebSocketConnection socket = RawSocketIo.connect(server)) {
        socket.http().write(noise);
      } catch (SocketException | EOFException e) {
        // It is free to close.
      }
      try (WebSocketConnection socket = RawSocketIo.connect(server)) {
        socket.send("4" + new String(noise, java.nio.charset.StandardCharsets.UTF_8));
        socket.send(noise);
      } catch (SocketException e) {
        // It is free to close.
      }
    }
  }

  @Test
  void a_session_id_is_of_no_use_to_guessers() throws IOException {
    try (HttpConnection http = new HttpConnection(server.port());
        WebSocketConnection victim = RawSocketIo.connect(server)) {
      String socketId = server.getAllClients().iterator().next().getSessionId().toString();
      for (String sid :
          new String[] {
            socketId, "*", "%00", "../../", "' or 1=1", "x".repeat(1_000), "%F0%9F%98%80"
          }) {
        String escaped = sid.replace(" ", "%20");
        assertThat(http.get(POLLING + "&sid=" + escaped).text()).contains("Session ID unknown");
        assertThat(http.get(POLLING + "&disconnect=1&sid=" + escaped).text())
            .contains("Session ID unknown");
      }
      victim.send("421[\"message-with-ack\",1]");
      String answer;
      do {
        answer = victim.message();
      } while (!answer.startsWith("43"));
    }
  }
}
