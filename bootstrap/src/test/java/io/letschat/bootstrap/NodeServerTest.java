package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.NodeServer;
import io.letschat.bootstrap.fixture.RawSocket;
import io.letschat.bootstrap.fixture.TestCluster;
import io.letschat.bootstrap.fixture.TestSocket;
import io.letschat.bootstrap.fixture.Visitor;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Node's socket.io with its Redis adapter, and its emitter, in one cluster with nodes of ours. */
class NodeServerTest {
  @TempDir private static Path folder;
  private static TestCluster testCluster;
  private static NodeServer node;

  @BeforeAll
  static void start() throws Exception {
    testCluster = TestCluster.start(folder, 2);
    node = NodeServer.start(folder, testCluster.redis().url());
    AwaitInProgram.until(
        () -> tell("servers", Map.of()).path("servers").asInt() == 3,
        () -> "the servers do not find each other");
  }

  @AfterAll
  static void stop() {
    if (node != null) {
      node.close();
    }
    if (testCluster != null) {
      testCluster.close();
    }
  }

  @Test
  void a_node_server_and_an_emitter_exchange_events_with_our_sockets() throws Exception {
    var ada = signsUp("ada");
    var bob = testCluster.at(1, signsUp("bob"));
    long room = ada.enters("tea", "secret");
    bob.enters("tea", "secret");
    long other = bob.enters("coffee", "secret");
    String tea = Long.toString(room);
    try (var theirs = TestSocket.tryToConnect(node.address(), "", "websocket");
        var adas = TestSocket.connect(ada);
        var bobs = TestSocket.connect(bob)) {
      assertThat(theirs.outcome()).isEqualTo("connected");
      theirs.ask("enter", room);
      adas.joins(room);
      bobs.joins(room);
      bobs.joins(other);

      JsonNode said = adas.says(room, "to Node, with \u00fc and \ud83d\ude00");
      theirs.awaits("new message", 1);
      assertThat(theirs.messages().getFirst().get("content")).isEqualTo(said.get("content"));

      JsonNode payload = Visitor.JSON.readTree("{\"from\":\"Node\",\"list\":[1,2.5,null,true]}");
      emit(Map.of("to", List.of(tea)), "userJoined", payload);
      adas.awaits("userJoined", 1);
      bobs.awaits("userJoined", 1);
      assertThat(adas.heard("userJoined").getFirst().getFirst()).isEqualTo(payload);

      emit(
          Map.of("from", "emitter", "to", List.of(tea), "except", List.of(Long.toString(other))),
          "userLeft",
          "an emitter",
          7);
      adas.awaits("userLeft", 1);
      theirs.awaits("userLeft", 1);
      assertThat(adas.heard("userLeft").getFirst())
          .extracting(JsonNode::asText)
          .containsExactly("an emitter", "7");

      // A number that is not on disk is nobody's message.
      emit(
          Map.of("from", "emitter", "to", List.of(tea)),
          "new message",
          Map.of("room_id", room, "seq", 2, "content", "made up"));

      emit(Map.of("from", "emitter"), "roomStatsUpdate", "to all");
      adas.awaits("roomStatsUpdate", 1);
      bobs.awaits("roomStatsUpdate", 1);

      JsonNode second = bobs.says(room, "really the second");
      adas.awaits("new message", 2);
      bobs.awaits("new message", 2);
      assertThat(adas.messages()).containsExactly(said, second);
      assertThat(bobs.heard("userLeft")).isEmpty();
    }
  }

  @Test
  void clients_of_a_node_server_hear_our_rooms_in_the_names_that_they_know() throws Exception {
    var ada = signsUp("adelheid");
    var carl = testCluster.at(1, signsUp("carl"));
    long room = ada.enters("names", "secret");
    carl.enters("names", "secret");
    try (var theirs = TestSocket.tryToConnect(node.address(), "", "websocket");
        var adas = TestSocket.connect(ada);
        var carls = TestSocket.connect(carl)) {
      theirs.outcome();
      theirs.ask("enter", room);
      adas.joins(room);
      carls.ask("joinRoom", room);
      // Whether there is such a server is looked at every two seconds.
      AwaitInProgram.until(
          () -> {
            adas.says(room, "hello");
            return !theirs.heard("newMessage").isEmpty();
          },
          () -> "the clients of the Node server hear nothing that they know");
      adas.tell("typing", Map.of("room_id", room));
      theirs.awaits("userTyping", 1);
      JsonNode last = adas.says(room, "the last one");
      theirs.awaits("user typing", 1);
      AwaitInProgram.until(
          () -> texts(theirs, "newMessage").contains("the last one"), () -> "it is not heard");
      int said = last.get("seq").asInt();
      adas.awaits("new message", said);
      carls.awaits("newMessage", said);

      theirs.tell("say", room, "newMessage", Map.of("user_id", 0, "content", "from Node"));
      carls.awaits("newMessage", said + 1);
      assertThat(texts(carls, "newMessage").getLast()).isEqualTo("from Node");
      // Ours are told once, each in its dialect.
      assertThat(carls.heard("newMessage")).hasSize(said + 1);
      assertThat(texts(adas, "newMessage")).containsExactly("from Node");
      assertThat(carls.heard("new message")).isEmpty();
    }
  }

  @Test
  void flags_do_what_they_say() throws Exception {
    var ada = signsUp("flora");
    try (var theirs = TestSocket.tryToConnect(node.address(), "", "websocket");
        var adas = TestSocket.connect(ada)) {
      theirs.outcome();
      awaitReach(adas);
      emit(Map.of("flags", List.of("local")), "stays at home");
      emit(Map.of("to", List.of(adas.id()), "flags", List.of("local")), "userStopTyping", "no");
      emit(Map.of("to", List.of(adas.id()), "flags", List.of("compress")), "userStopTyping", "a");
      // What can be dropped is dropped while something waits.
      adas.awaits("userStopTyping", 1);
      emit(Map.of("to", List.of(adas.id()), "flags", List.of("volatile")), "userStopTyping", "b");
      adas.awaits("userStopTyping", 2);
      assertThat(adas.heard("userStopTyping").stream().map(each -> each.getFirst().asText()))
          .containsExactly("a", "b");
    }
  }

  @Test
  void an_event_for_the_id_of_a_socket_reaches_that_socket_alone() throws Exception {
    var ada = signsUp("ida");
    try (var first = TestSocket.connect(ada);
        var second = TestSocket.connect(ada)) {
      awaitReach(first);
      assertThat(second.heard("userTyping")).isEmpty();
    }
  }

  @Test
  void a_node_server_sees_our_sockets_and_no_secret_of_theirs() throws Exception {
    var ada = signsUp("vera");
    var bob = testCluster.at(1, signsUp("viktor"));
    long room = ada.enters("seen", "secret");
    bob.enters("seen", "secret");
    String cookie = "letschat_session=" + ada.token() + "; other=a-private-cookie";
    Socket adas =
        IO.socket(
            URI.create(ada.address() + "/?access_token=" + ada.token()),
            IO.Options.builder()
                .setForceNew(true)
                .setTransports(new String[] {"websocket"})
                .setAuth(Map.of("token", ada.token()))
                .setExtraHeaders(
                    Map.of(
                        "Cookie", List.of(cookie),
                        "Authorization", List.of("Bearer " + ada.token()),
                        "User-Agent", List.of("a browser")))
                .build());
    var joined = new CompletableFuture<Object[]>();
    adas.on(
        Socket.EVENT_CONNECT,
        arguments -> adas.emit("joinRoom", new Object[] {room}, joined::complete));
    adas.connect();
    try (var bobs = TestSocket.connect(bob);
        var theirs = TestSocket.tryToConnect(node.address(), "", "websocket")) {
      theirs.outcome();
      theirs.ask("enter", room);
      bobs.joins(room);
      joined.get(30, TimeUnit.SECONDS);

      JsonNode seen = tell("fetch", Map.of("to", List.of(Long.toString(room)))).get("sockets");

      assertThat(ids(seen)).containsExactlyInAnyOrder(adas.id(), bobs.id(), theirs.id());
      JsonNode hers = one(seen, adas.id());
      assertThat(hers.get("rooms"))
          .extracting(JsonNode::asText)
          .containsExactlyInAnyOrder(adas.id(), Long.toString(room));
      assertThat(hers.at("/data/user_id").asLong()).isEqualTo(ada.userId());
      assertThat(hers.at("/data/username").asText()).isEqualTo("vera");
      assertThat(hers.at("/handshake/headers/user-agent").asText()).isEqualTo("a browser");
      assertThat(hers.at("/handshake/query/EIO").asText()).isEqualTo("4");
      assertThat(hers.at("/handshake/issued").asLong()).isPositive();
      assertThat(hers.toString().toLowerCase(Locale.ROOT))
          .doesNotContain("cookie", "authorization", "token", "bearer", "\"sid\"")
          .doesNotContain(ada.token().toLowerCase(Locale.ROOT));

      assertThat(
              ids(
                  tell(
                          "fetch",
                          Map.of("to", List.of(Long.toString(room)), "except", List.of(adas.id())))
                      .get("sockets")))
          .containsExactlyInAnyOrder(bobs.id(), theirs.id());
      assertThat(strings(tell("rooms", Map.of()).get("rooms")))
          .contains(adas.id(), bobs.id(), theirs.id(), Long.toString(room))
          .doesNotContain("");
      assertThat(ids(tell("fetch", Map.of()).get("sockets"))).contains(adas.id(), bobs.id());
    } finally {
      adas.disconnect();
    }
  }

  @Test
  void a_node_server_moves_our_sockets_between_rooms_of_its_own() throws Exception {
    try (var first = TestSocket.connect(signsUp("frida"));
        var second = TestSocket.connect(testCluster.at(1, signsUp("fritz")))) {
      awaitReach(first);
      awaitReach(second);
      tell("join", Map.of("to", List.of(first.id(), second.id()), "rooms", List.of("red", "blue")));
      tell(
          "leave",
          Map.of(
              "from",
              "emitter",
              "to",
              List.of(second.id()),
              "rooms",
              List.of("blue", second.id())));

      assertThat(ids(tell("fetch", Map.of("to", List.of("red"))).get("sockets")))
          .containsExactlyInAnyOrder(first.id(), second.id());
      assertThat(ids(tell("fetch", Map.of("to", List.of("blue"))).get("sockets")))
          .containsExactly(first.id());

      AwaitInProgram.until(
          () -> {
            emit(Map.of("to", List.of("blue")), "userLeft", "blue");
            return !first.heard("userLeft").isEmpty();
          },
          () -> "the room is not heard");
      emit(Map.of("to", List.of("red"), "except", List.of("blue")), "userJoined", "red");
      second.awaits("userJoined", 1);
      assertThat(first.heard("userJoined")).isEmpty();
      assertThat(second.heard("userLeft")).isEmpty();
      // Nobody takes a socket out of the room that is its id.
      awaitReach(second);
    }
  }

  @Test
  void a_socket_that_was_put_into_such_a_room_cannot_show_what_it_missed_and_does_not_come_back() {
    Visitor rosa = signsUp("rosa");
    long room = rosa.enters("greenhouse", "secret");
    RawSocket first = RawSocket.connect(rosa);
    first.joins(room);
    AwaitInProgram.until(
        () -> {
          tell("join", Map.of("to", List.of(first.sid()), "rooms", List.of("red")));
          return first.offset().equals(Optional.of(""));
        },
        () -> "it can still show something: " + first.offset());
    first.ask("send message", Map.of("room_id", room, "content", "anybody here?"));
    first.awaits("new message", 1);
    assertThat(first.heard("new message").getFirst().size()).isEqualTo(2);
    first.cut();

    try (RawSocket again = RawSocket.again(rosa, first)) {
      assertThat(again.isRecovered(first)).isFalse();
    }
  }

  @Test
  void a_node_server_brings_only_members_into_a_room_of_the_chat() throws Exception {
    var mia = signsUp("mia");
    var max = testCluster.at(1, signsUp("max"));
    var stranger = signsUp("stranger");
    long room = mia.enters("members", "secret");
    max.enters("members", "secret");
    String name = Long.toString(room);
    try (var mias = TestSocket.connect(mia);
        var maxs = TestSocket.connect(max);
        var strangers = TestSocket.connect(stranger)) {
      mias.joins(room);
      mias.says(room, "before");

      tell("join", Map.of("to", List.of(maxs.id(), strangers.id()), "rooms", List.of(name)));

      assertThat(ids(tell("fetch", Map.of("to", List.of(name))).get("sockets")))
          .containsExactlyInAnyOrder(mias.id(), maxs.id());
      maxs.awaits("recent messages", 1);
      mias.awaits("user joined", 1);
      maxs.says(room, "he is really in");
      mias.says(room, "for members");
      maxs.awaits("new message", 2);
      assertThat(
              strangers
                  .ask("send message", Map.of("room_id", room, "content", "?"))
                  .at("/error/code")
                  .asText())
          .isEqualTo("not_joined");
      assertThat(strangers.messages()).isEmpty();

      tell("leave", Map.of("to", List.of(maxs.id()), "rooms", List.of(name)));

      mias.awaits("user left", 1);
      assertThat(
              maxs.ask("send message", Map.of("room_id", room, "content", "?"))
                  .at("/error/code")
                  .asText())
          .isEqualTo("not_joined");
      // The membership has not ended.
      maxs.joins(room);
    }
  }

  @Test
  void a_node_server_disconnects_our_sockets() throws Exception {
    try (var first = TestSocket.connect(signsUp("dora"));
        var second = TestSocket.connect(testCluster.at(1, signsUp("dirk")));
        var third = TestSocket.connect(signsUp("dana"))) {
      tell("disconnect", Map.of("to", List.of(first.id()), "close", false));
      tell("disconnect", Map.of("from", "emitter", "to", List.of(second.id()), "close", true));
      for (TestSocket each : List.of(first, second)) {
        AwaitInProgram.until(() -> !each.disconnects().isEmpty(), () -> "it is still there");
        assertThat(each.disconnects()).containsExactly("io server disconnect");
      }
      assertThat(third.isConnected()).isTrue();
    }
  }

  @Test
  void our_sockets_acknowledge_what_a_node_server_asks_them() throws Exception {
    var ada = signsUp("anna");
    var bob = testCluster.at(1, signsUp("anton"));
    long room = ada.enters("acks", "secret");
    bob.enters("acks", "secret");
    try (var adas = TestSocket.connect(ada);
        var bobs = TestSocket.connect(bob)) {
      adas.joins(room);
      bobs.joins(room);

      JsonNode answer =
          tell(
              "ask",
              Map.of(
                  "to", List.of(Long.toString(room)), "event", "userTyping", "args", List.of("?")));

      assertThat(strings(answer.get("answers")))
          .containsExactlyInAnyOrder("heard by " + adas.id(), "heard by " + bobs.id());
      assertThat(
              strings(
                  tell(
                          "ask",
                          Map.of("to", List.of("nobody"), "event", "userTyping", "args", List.of()))
                      .get("answers")))
          .isEmpty();
    }
  }

  @Test
  void what_servers_say_among_themselves_is_none_of_our_business() throws Exception {
    try (var socket = TestSocket.connect(signsUp("resi"))) {
      tell("gossip", Map.of());
      tell("gossip", Map.of("from", "emitter"));
      awaitReach(socket);
      AwaitInProgram.until(
          () -> tell("gossip", Map.of("from", "emitter")).get("heard").asInt() > 0,
          () -> "the Node server does not hear its own kind");
      assertThat(tell("servers", Map.of()).get("servers").asInt()).isEqualTo(3);
      assertThat(testCluster.node(0).log() + testCluster.node(1).log())
          .doesNotContain(" WARN ", " ERROR ");
    }
  }

  // ---- what the tests say

  private static Visitor signsUp(String name) {
    return Visitor.signsUp(testCluster.node(0).address(), name);
  }

  private static void emit(Map<String, ?> target, String event, Object... arguments) {
    Map<String, Object> command = new HashMap<>(target);
    command.put("event", event);
    command.put("args", List.of(arguments));
    tell("emit", command);
  }

  private static JsonNode tell(String what, Map<String, ?> how) {
    Map<String, Object> command = new HashMap<>(how);
    command.put("do", what);
    try {
      JsonNode answer = node.does(command);
      assertThat(answer.has("error")).as(answer.toString()).isFalse();
      return answer;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The servers hear the room that is a socket's id soon after it has connected. */
  private static void awaitReach(TestSocket socket) {
    int before = socket.heard("userTyping").size();
    AwaitInProgram.until(
        () -> {
          emit(Map.of("from", "emitter", "to", List.of(socket.id())), "userTyping", "you");
          return socket.heard("userTyping").size() > before;
        },
        () -> "the socket is not reached by its id");
  }

  private static List<String> ids(JsonNode sockets) {
    return StreamSupport.stream(sockets.spliterator(), false)
        .map(each -> each.get("id").asText())
        .toList();
  }

  private static JsonNode one(JsonNode sockets, String id) {
    return StreamSupport.stream(sockets.spliterator(), false)
        .filter(each -> each.get("id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> strings(JsonNode list) {
    List<String> strings = new ArrayList<>();
    list.forEach(each -> strings.add(each.asText()));
    return strings;
  }

  private static List<String> texts(TestSocket socket, String event) {
    return socket.heard(event).stream()
        .map(each -> each.getFirst().path("content").asText())
        .toList();
  }
}
