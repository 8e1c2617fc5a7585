package io.letschat.socketio;

import static io.letschat.netty.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.protocol.JacksonJsonSupport;
import io.letschat.netty.testing.HttpConnection;
import io.letschat.netty.testing.NoLeaks;
import io.letschat.netty.testing.WebSocketConnection;
import io.letschat.socketio.fixture.RawSocketIo;
import io.netty.buffer.ByteBufOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sending to many. */
@ExtendWith(NoLeaks.class)
class BroadcastTest {
  private final AtomicInteger encodings = new AtomicInteger();
  private final ConformantSocketIOServer server = server();
  private final List<AutoCloseable> open = new ArrayList<>();

  private ConformantSocketIOServer server() {
    Configuration configuration = new Configuration();
    configuration.setHostname("127.0.0.1");
    configuration.setPort(0);
    configuration.setWorkerThreads(2);
    configuration.setJsonSupport(
        new JacksonJsonSupport() {
          @Override
          public void writeValue(ByteBufOutputStream out, Object value) throws IOException {
            encodings.incrementAndGet();
            super.writeValue(out, value);
          }
        });
    ConformantSocketIOServer made =
        new ConformantSocketIOServer(configuration, SocketIoSettings.defaults());
    made.addEventListener(
        "join",
        String.class,
        (client, room, ack) -> {
          client.joinRoom(room);
          ack.sendAckData(client.getSessionId().toString());
        });
    made.start();
    return made;
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
    server.stop();
  }

  private WebSocketConnection member(String room) throws IOException {
    WebSocketConnection socket = RawSocketIo.connect(server);
    open.add(socket);
    socket.send("421[\"join\",\"" + room + "\"]");
    assertThat(socket.message()).startsWith("431[");
    return socket;
  }

  @Test
  void a_room_hears_what_is_encoded_once() throws IOException {
    List<WebSocketConnection> members = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      members.add(member("r"));
    }
    WebSocketConnection stranger = member("other");
    encodings.set(0);
    server.getRoomOperations("r").sendEvent("news", "a", new byte[] {7}, "b");
    for (WebSocketConnection member : members) {
      assertThat(member.message()).startsWith("451-[\"news\",\"a\",{");
      assertThat(member.binary()).containsExactly(7);
    }
    assertThat(encodings).hasValue(1);
    assertThat(stranger.http().isSilentFor(50)).isTrue();
  }

  @Test
  void an_empty_room_costs_nothing() {
    server.getRoomOperations("nobody").sendEvent("news");
    server.getRoomOperations().sendEvent("news");
    assertThat(encodings).hasValue(0);
  }

  @Test
  void somebody_may_be_left_out() throws IOException {
    WebSocketConnection first = member("r");
    SocketIOClient excluded = server.getRoomOperations("r").getClients().iterator().next();
    WebSocketConnection second = member("r");
    server.getRoomOperations("r").sendEvent("news", excluded, 1);
    server.getRoomOperations("r").sendEvent("news", client -> client == excluded, 2);
    server.getRoomOperations("r").sendEvent("news", 3);
    assertThat(second.message()).isEqualTo("42[\"news\",1]");
    assertThat(second.message()).isEqualTo("42[\"news\",2]");
    assertThat(second.message()).isEqualTo("42[\"news\",3]");
    assertThat(first.message()).isEqualTo("42[\"news\",3]");
  }

  @Test
  void a_member_of_two_rooms_hears_once() throws IOException {
    WebSocketConnection both = member("r");
    both.send("421[\"join\",\"s\"]");
    both.message();
    server.addNamespace("").getRoomOperations("r", "s").sendEvent("news", 1);
    server.addNamespace("").getBroadcastOperations().sendEvent("end");
    assertThat(both.message()).isEqualTo("42[\"news\",1]");
    assertThat(both.message()).isEqualTo("42[\"end\"]");
  }

  @Test
  void broadcasts_and_single_sends_of_one_thread_stay_in_order() throws IOException {
    List<WebSocketConnection> members = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      members.add(member("r"));
    }
    var clients = List.copyOf(server.getAllClients());
    for (int i = 0; i < 500; i += 2) {
      server.getRoomOperations("r").sendEvent("n", i);
      int next = i + 1;
      clients.forEach(client -> client.sendEvent("n", next));
    }
    for (WebSocketConnection member : members) {
      for (int i = 0; i < 500; i++) {
        assertThat(member.message()).isEqualTo("42[\"n\"," + i + "]");
      }
    }
  }

  @Test
  void order_holds_across_an_upgrade() throws IOException {
    String polling = "/socket.io/?EIO=4&transport=polling";
    try (HttpConnection http = new HttpConnection(server.port())) {
      String sid = http.get(polling).text().split("\"")[3];
      http.post(polling + "&sid=" + sid, "40");
      assertThat(http.get(polling + "&sid=" + sid).text()).startsWith("40{");
      Thread sender =
          Thread.ofVirtual()
              .start(() -> {
                for (int i = 0; i < 2000; i++) {
                  server.getBroadcastOperations().sendEvent("n", i);
                }
              });
      StringBuilder received = new StringBuilder(http.get(polling + "&sid=" + sid).text());
      try (WebSocketConnection socket =
          new WebSocketConnection(server.port(), RawSocketIo.V5 + "&sid=" + sid)) {
        socket.send("2probe");
        assertThat(socket.text()).isEqualTo("3probe");
        received.append('\u001e').append(http.get(polling + "&sid=" + sid).text());
        socket.send("5");
        while (!received.toString().contains("[\"n\",1999]")) {
          received.append('\u001e').append(socket.text());
        }
      }
      StringBuilder expected = new StringBuilder();
      for (int i = 0; i < 2000; i++) {
        expected.append(i == 0 ? "" : "\u001e").append("42[\"n\",").append(i).append(']');
      }
      assertThat(received.toString().replace("\u001e6", "")).isEqualTo(expected.toString());
      assertThat(sender.isAlive()).isFalse();
    }
  }

  @Test
  void polling_clients_hear_it_too() throws IOException {
    String polling = "/socket.io/?EIO=4&transport=polling";
    String old = "/socket.io/?EIO=3&transport=polling";
    try (HttpConnection http = new HttpConnection(server.port())) {
      String sid = http.get(polling).text().split("\"")[3];
      http.post(polling + "&sid=" + sid, "40");
      http.get(polling + "&sid=" + sid);
      String first = http.get(old).text();
      String oldSid = first.split("\"")[3];
      if (!first.endsWith("40")) {
        http.get(old + "&sid=" + oldSid);
      }
      eventually("both are in", () -> server.getAllClients().size() == 2);
      encodings.set(0);
      server.getBroadcastOperations().sendEvent("news", new byte[] {1, 2, 3}, "é");
      assertThat(http.get(polling + "&sid=" + sid).text())
          .startsWith("451-[\"news\",{")
          .endsWith("\u001ebAQID");
      byte[] answer = http.get(old + "&sid=" + oldSid).body();
      assertThat(answer).startsWith(0).endsWith(1, 4, -1, 4, 1, 2, 3);
      assertThat(encodings).hasValue(1);
    }
  }

  @Test
  void all_of_a_namespace_can_be_disconnected() throws IOException {
    WebSocketConnection one = member("r");
    server.getBroadcastOperations().disconnect();
    assertThat(one.message()).isEqualTo("41");
    eventually("all left", () -> server.getAllClients().isEmpty());
  }

  @Test
  void what_cannot_be_encoded_fails_the_sender_and_nobody_else() throws IOException {
    WebSocketConnection one = member("r");
    Object recursive = new Object[1];
    ((Object[]) recursive)[0] = recursive;
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> server.getBroadcastOperations().sendEvent("bad", recursive))
        .isInstanceOf(java.io.UncheckedIOException.class);
    server.getBroadcastOperations().sendEvent("good");
    assertThat(one.message()).isEqualTo("42[\"good\"]");
  }
}
