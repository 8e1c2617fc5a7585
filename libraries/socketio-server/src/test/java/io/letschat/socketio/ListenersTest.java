package io.letschat.socketio;

import static io.letschat.netty.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.AckMode;
import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.MultiTypeAckCallback;
import com.corundumstudio.socketio.MultiTypeArgs;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import com.corundumstudio.socketio.annotation.OnConnect;
import com.corundumstudio.socketio.annotation.OnDisconnect;
import com.corundumstudio.socketio.annotation.OnEvent;
import com.corundumstudio.socketio.protocol.JacksonJsonSupport;
import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.netty.testing.HttpConnection;
import io.letschat.netty.testing.NoLeaks;
import io.letschat.netty.testing.WebSocketConnection;
import io.letschat.socketio.fixture.RawSocketIo;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What programs written for netty-socketio's API can rely on. */
@ExtendWith(NoLeaks.class)
class ListenersTest {
  record Point(int x, int y) {}

  private final Configuration configuration = configuration();
  private final ConformantSocketIOServer server = server(configuration);
  private final Queue<Object> heard = new ConcurrentLinkedQueue<>();

  ListenersTest() {
    server.start();
  }

  private static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.setHostname("127.0.0.1");
    configuration.setPort(0);
    configuration.setWorkerThreads(2);
    configuration.setAckMode(AckMode.MANUAL);
    return configuration;
  }

  private static ConformantSocketIOServer server(Configuration configuration) {
    return new ConformantSocketIOServer(configuration, SocketIoSettings.defaults());
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private void eventuallyHeard(Object... what) {
    eventually("heard " + what.length, () -> heard.size() >= what.length);
    assertThat(heard).containsExactly(what);
  }

  // ---- arguments

  @Test
  void a_listener_of_object_gets_whatever_json_arrived() throws IOException {
    server.addEventListener(
        "any",
        Object.class,
        (client, data, ack) ->
            heard.add(data == null ? "null" : data.getClass().getSimpleName() + " " + data));
    try (WebSocketConnection socket = RawSocketIo.connect(server)) {
      for (String payload :
          new String[] {"", ",null", ",1", ",1.5", ",true", ",\"s\"", ",[1,null]", ",{\"a\":{}}"}) {
        socket.send("42[\"any\"" + payload + "]");
      }
      eventuallyHeard(
          "null",
          "null",
          "Integer 1",
          "Double 1.5",
          "Boolean true",
          "String s",
          "ArrayList [1, null]",
          "LinkedHashMap {a={}}");
    }
  }

  @Test
  void arguments_have_the_type_that_the_listener_asked_for() throws IOException {
    server.addEventListener("map", Map.class, (client, data, ack) -> heard.add(data));
    server.addEventListener(
        "node", JsonNode.class, (client, data, ack) -> heard.add(data.path("a")));
    server.addEventListener("text", String.class, (client, data, ack) -> heard.add(data));
    server.addEventListener("point", Point.class, (client, data, ack) -> heard.add(data));
    try (WebSocketConnection socket = RawSocketIo.connect(server)) {
      socket.send("42[\"map\",{\"a\":1}]");
      socket.send("42[\"node\",{\"a\":\"b\"}]");
      socket.send("42[\"text\",\"hello\"]");
      socket.send("42[\"point\",{\"x\":1,\"y\":2,\"z\":3}]");
      eventuallyHeard(
          Map.of("a", 1),
          com.fasterxml.jackson.databind.node.TextNode.valueOf("b"),
          "hello",
          new Point(1, 2));
    }
  }

  @Test
  void several_arguments_come_to_a_listener_of_several_types() throws IOException {
    server.addMultiTypeEventListener(
        "several",
        (client, data, ack) -> heard.add(List.copyOf(data.getArgs())),
        String.class,
        Integer.class,
        Point.class);
    try (WebSocketConnection socket = RawSocketIo.connect(server)) {
      socket.send("42[\"several\",\"a\",2,{\"x\":3,\"y\":4},\"ignored\"]");
      socket.send("42[\"several\",\"alone\"]");
      eventuallyHeard(List.of("a", 2, new Point(3, 4)), List.of("alone"));
    }
  }

  @Test
  void bytes_come_as_bytes_also_inside_of_others() throws IOException {
    server.addEventListener("bytes", byte[].class, (client, data, ack) -> heard.add(data.length));
    server.addEventListener(
        "map",
        Map.class,
        (client, data, ack) -> heard.add(data.get("file") instanceof byte[] b ? b.length : -1));
    try (WebSocketConnection socket = RawSocketIo.connect(server)) {
      socket.send("451-[\"bytes\",{\"_placeholder\":true,\"num\":0}]");
      socket.send(new byte[3]);
      socket.send("451-[\"map\",{\"file\":{\"_placeholder\":true,\"num\":0}}]");
      socket.send(new byte[4]);
      eventuallyHeard(3, 4);
    }
  }

  @Test
  void a_payload_that_does_not_fit_its_listener_is_dropped_and_harms_nobody() throws IOException {
    server.addEventListener("point", Point.class, (client, data, ack) -> heard.add(data));
    try (WebSocketConnection socket = RawSocketIo.connect(server)) {
      socket.send("42[\"point\",\"no point\"]");
      socket.send("42[\"point\",[]]");
      socket.send("42[\"nobody listens\",1]");
      socket.send("42[7,1]");
      socket.send("42[\"point\",{\"x\":1,\"y\":1}]");
      eventuallyHeard(new Point(1, 1));
    }
  }

  @Test
  void a_programs_own_json_support_is_used() throws IOException {
    Configuration own = configuration();
    own.setJsonSupport(new JacksonJsonSupport());
    ConformantSocketIOServer other = server(own);
    other.addEventListener("bytes", byte[].class, (client, data, ack) -> ack.sendAckData(data));
    other.start();
    try (WebSocketConnection socket = RawSocketIo.connect(other)) {
      socket.send("451-1[\"bytes\",{\"_placeholder\":true,\"num\":0}]");
      socket.send(new byte[] {1, 2});
      assertThat(socket.message()).startsWith("461-1[");
      assertThat(socket.binary()).containsExactly(1, 2);
    } finally {
      other.stop();
    }
  }

  public final class Annotated {
    @OnConnect
    public void connected(SocketIOClient client) {
      heard.add("connected");
    }

    @OnEvent("two")
    public void two(SocketIOClient client, String first, Integer second) {
      heard.add(first + second);
    }

    @OnDisconnect
    public void disconnected(SocketIOClient client) {
      heard.add("disconnected");
    }
  }

  @Test
  void annotated_listeners_are_called() throws IOException {
    server.addListeners(new Annotated());
    try (WebSocketConnection socket = RawSocketIo.connect(server)) {
      socket.send("42[\"two\",\"a\",1]");
      eventuallyHeard("connected", "a1");
    }
    eventuallyHeard("connected", "a1", "disconnected");
  }

  // ---- acks

  @Test
  void a_listener_knows_whether_an_ack_was_asked_for() throws IOException {
    server.addEventListener(
        "ask",
        Object.class,
        (client, data, ack) -> {
          heard.add(ack.isAckRequested());
          ack.sendAckData("a", 2, Map.of("k", true));
          ack.sendAckData("only the first counts");
        });
    try (WebSocketConnection socket = RawSocketIo.connect(server)) {
      socket.send("42[\"ask\"]");
      socket.send("4212[\"ask\"]");
      assertThat(socket.message()).isEqualTo("4312[\"a\",2,{\"k\":true}]");
      assertThat(heard).containsExactly(false, true);
    }
  }

  @Test
  void a_lone_surrogate_goes_back_as_it_came() throws IOException {
    server.addEventListener("echo", Object.class, (client, data, ack) -> ack.sendAckData(data));
    try (WebSocketConnection socket = RawSocketIo.connect(server)) {
      socket.send("421[\"echo\",\"\\ud800\"]");
      assertThat(socket.message()).isEqualToIgnoringCase("431[\"\\ud800\"]");
    }
  }

  @Test
  void the_clients_ack_comes_back_with_its_arguments() throws IOException {
    server.addConnectListener(client -> {
      client.sendEvent(
          "one",
          new AckCallback<Point>(Point.class) {
            @Override
            public void onSuccess(Point result) {
              heard.add(result);
            }
          },
          1);
      client.sendEvent(
          "several",
          new MultiTypeAckCallback(String.class, byte[].class) {
            @Override
            public void onSuccess(MultiTypeArgs result) {
              heard.add(result.first());
              heard.add(result.<byte[]>second().length);
            }
          });
    });
    try (WebSocketConnection socket = RawSocketIo.connect(server)) {
      assertThat(socket.message()).isEqualTo("420[\"one\",1]");
      assertThat(socket.message()).isEqualTo("421[\"several\"]");
      socket.send("4399[\"nobody asked\"]");
      socket.send("430[{\"x\":1,\"y\":2}]");
      socket.send("430[{\"x\":1,\"y\":2}]");
      socket.send("461-1[\"a\",{\"_placeholder\":true,\"num\":0}]");
      socket.send(new byte[5]);
      eventuallyHeard(new Point(1, 2), "a", 5);
    }
  }

  @Test
  void an_ack_that_never_comes_times_out_once() throws IOException {
    server.addConnectListener(client -> {
      client.sendEvent("soon", timingOut("timeout", 1));
      client.sendEvent("later", timingOut("gone", 1000));
    });
    try (WebSocketConnection socket = RawSocketIo.connect(server)) {
      socket.message();
      eventuallyHeard("timeout");
      socket.send("430[1]");
    }
    eventuallyHeard("timeout", "gone");
  }

  private AckCallback<Object> timingOut(String word, int seconds) {
    return new AckCallback<>(Object.class, seconds) {
      @Override
      public void onSuccess(Object result) {
        heard.add("success");
      }

      @Override
      public void onTimeout() {
        heard.add(word);
      }
    };
  }

  // ---- order and threads

  @Test
  void listeners_may_block_without_holding_up_others() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    server.addEventListener(
        "block",
        Object.class,
        (client, data, ack) -> {
          heard.add(Thread.currentThread().isVirtual());
          release.await();
        });
    server.addEventListener("echo", Object.class, (client, data, ack) -> ack.sendAckData(data));
    try (WebSocketConnection blocked = RawSocketIo.connect(server);
        WebSocketConnection other = RawSocketIo.connect(server)) {
      blocked.send("42[\"block\"]");
      blocked.send("421[\"echo\",\"after\"]");
      for (int i = 0; i < 20; i++) {
        other.send("42" + i + "[\"echo\"," + i + "]");
        assertThat(other.message()).isEqualTo("43" + i + "[" + i + "]");
      }
      assertThat(blocked.http().isSilentFor(100)).isTrue();
      release.countDown();
      assertThat(blocked.message()).isEqualTo("431[\"after\"]");
      assertThat(heard).containsExactly(true);
    }
  }

  @Test
  void a_socket_whose_events_are_not_handled_is_not_read() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger handled = new AtomicInteger();
    server.addEventListener(
        "slow",
        Object.class,
        (client, data, ack) -> {
          release.await();
          handled.incrementAndGet();
        });
    String event = "42[\"slow\",\"" + "x".repeat(10_000) + "\"]";
    int most = 4_000;
    AtomicInteger sent = new AtomicInteger();
    try (WebSocketConnection socket = RawSocketIo.connect(server)) {
      Thread sender =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  for (int i = 0; i < most; i++) {
                    socket.send(event);
                    sent.incrementAndGet();
                  }
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      // 40 MB do not fit into the kernel's buffers: the sender has to stop.
      AtomicInteger before = new AtomicInteger(-1);
      eventually(
          "the sender is stuck",
          () -> {
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
            return before.getAndSet(sent.get()) == sent.get();
          });
      assertThat(sent).hasValueLessThan(most);
      release.countDown();
      sender.join();
      eventually("all are handled", () -> handled.get() == most);
    }
  }

  @Test
  void a_post_is_answered_once_its_sender_may_send_more() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    server.addEventListener("slow", Object.class, (client, data, ack) -> release.await());
    String polling = "/socket.io/?EIO=4&transport=polling";
    try (HttpConnection http = new HttpConnection(server.port())) {
      String url = polling + "&sid=" + http.get(polling).text().split("\"")[3];
      http.post(url, "40");
      assertThat(http.post(url, "42[\"slow\"]").text()).isEqualTo("ok");
      http.send("POST", url, "Content-Length: " + (12 * 99 + 98));
      http.write(String.join("\u001e", Collections.nCopies(99, "42[\"slow\",1]")));
      assertThat(http.isSilentFor(200)).isTrue();
      release.countDown();
      assertThat(http.answer().text()).isEqualTo("ok");
    }
  }

  // ---- coming and going

  @Test
  void disconnect_is_heard_once_however_a_client_goes() throws Exception {
    server.addDisconnectListener(client -> heard.add(client.getSessionId()));
    server.addEventListener(
        "leave",
        Object.class,
        (client, data, ack) -> {
          client.disconnect();
          client.disconnect();
        });
    try (WebSocketConnection kicked = RawSocketIo.connect(server)) {
      kicked.send("42[\"leave\"]");
      assertThat(kicked.message()).isEqualTo("41");
      eventually("heard", () -> heard.size() == 1);
    }
    WebSocketConnection gone = RawSocketIo.connect(server);
    gone.send("41");
    gone.http().reset();
    eventually("heard", () -> heard.size() == 2);
    eventually("no session stays", () -> server.engine().sessionCount() == 0);
    assertThat(heard).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  void a_server_that_stops_answers_what_it_has_received() throws Exception {
    var received = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    server.addEventListener(
        "slow",
        String.class,
        (client, data, ack) -> {
          received.countDown();
          goOn.await(60, TimeUnit.SECONDS);
          ack.sendAckData(data);
        });
    try (WebSocketConnection socket = RawSocketIo.connect(server)) {
      socket.send("421[\"slow\",\"first\"]");
      socket.send("422[\"slow\",\"second\"]");
      assertThat(received.await(60, TimeUnit.SECONDS)).isTrue();
      Thread stopping = Thread.ofVirtual().start(server::stop);
      eventually("the server stops to read", () -> stopping.getState() != Thread.State.RUNNABLE);
      goOn.countDown();
      assertThat(socket.message()).isEqualTo("431[\"first\"]");
      assertThat(socket.message()).isEqualTo("432[\"second\"]");
      stopping.join();
    }
  }

  @Test
  void a_stopped_server_has_told_its_disconnect_listeners() throws IOException {
    server.addDisconnectListener(client -> {
      java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      heard.add("disconnected");
    });
    try (WebSocketConnection one = RawSocketIo.connect(server);
        WebSocketConnection other = RawSocketIo.connect(server)) {
      server.stop();
      assertThat(heard).containsExactly("disconnected", "disconnected");
      assertThat(one.closeStatus()).as("no close frame").isEqualTo(-1);
      assertThat(other.closeStatus()).as("no close frame").isEqualTo(-1);
    }
  }

  @Test
  void those_who_were_refused_are_never_heard_of() throws Exception {
    AtomicBoolean asked = new AtomicBoolean();
    SocketIONamespace strict = server.addNamespace("/strict");
    strict.addAuthTokenListener((auth, client) -> {
      asked.set(true);
      return new AuthTokenResult(false, Map.of("message", "go away", "data", 7));
    });
    strict.addConnectListener(client -> heard.add("connect"));
    strict.addDisconnectListener(client -> heard.add("disconnect"));
    strict.addEventListener("event", Object.class, (client, data, ack) -> heard.add("event"));
    try (WebSocketConnection socket = RawSocketIo.connect(server)) {
      socket.send("40/strict");
      assertThat(socket.message())
          .startsWith("44/strict,{")
          .contains("\"message\":\"go away\"", "\"data\":7");
      assertThat(strict.getAllClients()).isEmpty();
      socket.send("42/strict,[\"event\"]");
      socket.closeStatus();
    }
    eventually("no session stays", () -> server.engine().sessionCount() == 0);
    assertThat(asked).isTrue();
    assertThat(heard).isEmpty();
  }

  @Test
  void a_server_that_requires_auth_refuses_where_nobody_checks() throws IOException {
    ConformantSocketIOServer strict =
        new ConformantSocketIOServer(
            configuration(), SocketIoSettings.defaults().toBuilder().authRequired(true).build());
    strict
        .addNamespace("/open")
        .addAuthTokenListener((auth, client) -> AuthTokenResult.AuthTokenResultSuccess);
    strict.start();
    try (WebSocketConnection socket = RawSocketIo.open(strict)) {
      socket.send("40");
      assertThat(socket.message()).isEqualTo("44{\"message\":\"unauthorized\"}");
      socket.send("40/open");
      assertThat(socket.message()).startsWith("40/open,{");
    } finally {
      strict.stop();
    }
  }

  @Test
  void nobody_joins_a_room_after_leaving_for_good() throws IOException {
    server.addEventListener(
        "leave",
        Object.class,
        (client, data, ack) -> {
          client.joinRoom("early");
          client.disconnect();
          client.joinRoom("late");
          heard.add(client);
        });
    try (WebSocketConnection socket = RawSocketIo.connect(server)) {
      socket.send("42[\"leave\"]");
      eventually("left", () -> heard.size() == 1 && server.getAllClients().isEmpty());
      SocketIOClient client = (SocketIOClient) heard.element();
      client.joinRoom("later");
      assertThat(client.getAllRooms()).isEmpty();
      assertThat(server.getRoomOperations("early", "late", "later").getClients()).isEmpty();
    }
  }

  @Test
  void headers_query_and_address_of_the_handshake_are_known() throws IOException {
    server.addConnectListener(client -> {
      heard.add(client.getHandshakeData().getHttpHeaders().get("Cookie"));
      heard.add(client.getHandshakeData().getSingleUrlParam("room"));
      heard.add(client.getHandshakeData().getAddress().getAddress().isLoopbackAddress());
      heard.add(client.getHandshakeData().getHttpHeaders().contains("Sec-WebSocket-Key"));
    });
    try (WebSocketConnection socket =
        new WebSocketConnection(server.port(), RawSocketIo.V5 + "&room=a%20b", "Cookie: c=d")) {
      socket.text();
      socket.send("40");
      eventuallyHeard("c=d", "a b", true, false);
    }
  }

  @Test
  void values_are_kept_with_a_client() throws IOException {
    server.addConnectListener(client -> {
      client.set("k", "v");
      heard.add(client.get("k"));
      client.del("k");
      heard.add(client.has("k"));
    });
    WebSocketConnection socket = RawSocketIo.connect(server);
    eventuallyHeard("v", false);
    socket.close();
  }
}
