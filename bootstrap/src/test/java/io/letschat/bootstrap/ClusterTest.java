package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.TestCluster;
import io.letschat.bootstrap.fixture.TestSocket;
import io.letschat.bootstrap.fixture.Visitor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes, real Redis, real PostgreSQL; the last story kills one of the nodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterTest {
  private static final int NODES = 3;

  @TempDir static Path folder;
  private TestCluster testCluster;

  @BeforeAll
  void start() throws Exception {
    testCluster = TestCluster.start(folder, NODES);
  }

  @AfterAll
  void stop() {
    if (testCluster != null) {
      testCluster.close();
    }
  }

  @Test
  @Order(1)
  void people_on_different_nodes_see_each_other_come_type_talk_and_go() {
    var ada = Visitor.signsUp(testCluster.node(0).address(), "ada");
    var bob = Visitor.signsUp(testCluster.node(1).address(), "bob");
    long room = ada.enters("tea", "secret");
    bob.enters("tea", "secret");
    try (var adas = TestSocket.connect(ada)) {
      adas.joins(room);
      try (var bobs = TestSocket.connect(bob)) {
        assertThat(bobs.joins(room).get("online").asLong()).isEqualTo(2);
        adas.awaits("user joined", 1);
        bobs.tell("typing", Map.of("room_id", room));
        adas.awaits("user typing", 1);
        JsonNode said = bobs.says(room, "from the other node");
        adas.awaits("new message", 1);
        assertThat(adas.messages()).containsExactly(said);
        bobs.awaits("new message", 1);
        AwaitInProgram.until(
            () ->
                adas.heard("online users").stream()
                    .anyMatch(heard -> heard.get(1).get("online").asLong() == 2),
            () -> "Bob is not on Ada's list: " + adas.heard("online users"));
      }
      adas.awaits("user left", 1);
      AwaitInProgram.until(
          () -> adas.heard("online users").getLast().get(1).get("online").asLong() == 1,
          () -> "Bob is still on Ada's list: " + adas.heard("online users"));
    }
  }

  @Test
  @Order(2)
  void signing_out_and_being_removed_take_effect_on_every_node() {
    var owner = Visitor.signsUp(testCluster.node(0).address(), "owner");
    var guest = Visitor.signsUp(testCluster.node(0).address(), "guest");
    long room = owner.enters("club", "secret");
    guest.enters("club", "secret");
    try (var guests = TestSocket.connect(testCluster.at(2, guest));
        var owners = TestSocket.connect(testCluster.at(1, owner))) {
      guests.joins(room);
      owners.joins(room);

      long begin = System.nanoTime();
      assertThat(owner.delete("/api/rooms/" + room + "/members/" + guest.userId()).status())
          .isEqualTo(204);
      guests.awaits("chat error", 1);
      owners.says(room, "without the guest");
      owners.awaits("new message", 1);

      // Both nodes have just seen the session live.
      for (Visitor at : List.of(owner, testCluster.at(1, owner))) {
        assertThat(at.get("/api/auth/me").status()).isEqualTo(200);
      }
      assertThat(owner.post("/api/auth/logout", Map.of()).status()).isEqualTo(200);
      for (Visitor at : List.of(owner, testCluster.at(1, owner))) {
        assertThat(at.get("/api/auth/me").status()).isEqualTo(401);
      }
      AwaitInProgram.until(
          () -> !owners.disconnects().isEmpty(), () -> "the owner is still connected");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      assertThat(guests.messages()).isEmpty();
    }
  }

  @Test
  @Order(3)
  void another_name_is_told_on_every_node_through_sockets_that_were_open_before() {
    var eve = Visitor.signsUp(testCluster.node(0).address(), "eve");
    var jane = Visitor.signsUp(testCluster.node(1).address(), "jane");
    var node = Visitor.signsUp(testCluster.node(2).address(), "node");
    long room = eve.enters("theatre", "secret");
    jane.enters("theatre", "secret");
    node.enters("theatre", "secret");
    try (var eves = TestSocket.connect(eve);
        var nodes = TestSocket.connect(node);
        var janes = TestSocket.connect(jane)) {
      eves.joins(room);
      nodes.tell("joinRoom", Map.of("room_id", room));
      janes.joins(room);

      renames(testCluster.at(2, jane), "Jane2");

      for (TestSocket socket : List.of(eves, janes)) {
        awaitListed(socket, "online users", "/0", "Jane2");
      }
      awaitListed(nodes, "roomStatsUpdate", "/0/activeUsers", "Jane2");
      janes.tell("typing", Map.of("room_id", room));
      eves.awaits("user typing", 1);
      nodes.awaits("userTyping", 1);
      assertThat(eves.heard("user typing").getLast().getFirst().get("username").asText())
          .isEqualTo("Jane2");
      assertThat(nodes.heard("userTyping").getLast().getFirst().get("username").asText())
          .isEqualTo("Jane2");
      janes.says(room, "it is still me");
      eves.awaits("new message", 1);
      assertThat(eves.messages().getLast().get("username").asText()).isEqualTo("Jane2");
      janes.close();
      eves.awaits("user left", 1);
      assertThat(eves.heard("user left").getLast().getFirst().get("username").asText())
          .isEqualTo("Jane2");
    }
  }

  private static void renames(Visitor visitor, String name) {
    assertThat(visitor.post("/profile", Map.of("username", name)).status()).isEqualTo(200);
  }

  private static void awaitListed(TestSocket socket, String event, String people, String name) {
    AwaitInProgram.until(
        Duration.ofSeconds(30),
        () ->
            socket.heard(event).stream()
                .reduce((before, last) -> last)
                .map(arguments -> Visitor.JSON.valueToTree(arguments).at(people))
                .map(listed -> listed.findValuesAsText("username").contains(name))
                .orElse(false),
        () -> name + " is not listed: " + socket.heard(event));
  }

  @Test
  @Order(4)
  void when_redis_comes_back_empty_everybody_is_on_the_lists_again_by_their_names_of_now()
      throws Exception {
    List<Visitor> people = people("steady", 6);
    long room = enterAll(people, "harbour");
    List<TestSocket> sockets = people.stream().map(TestSocket::connect).toList();
    sockets.forEach(socket -> socket.joins(room));

    testCluster.redis().kill();
    AwaitInProgram.until(() -> readiness() == 503, () -> "still ready");
    // Nobody hears of it, and the socket is on another node.
    renames(testCluster.at(1, people.getFirst()), "renamed");
    testCluster.redis().startAgain();
    AwaitInProgram.until(() -> readiness() == 200, () -> "not ready again");
    // The people are known again on all nodes, as each beats its heart.
    try (var late = TestSocket.connect(people.getFirst())) {
      AwaitInProgram.until(
          Duration.ofSeconds(30),
          () -> late.joins(room).get("online").asLong() == people.size(),
          () -> "not everybody is back");
    }
    sockets.forEach(socket -> awaitListed(socket, "online users", "/0", "renamed"));
    sockets.forEach(TestSocket::close);
  }

  private int readiness() {
    return Visitor.send(testCluster.node(0).address(), "GET", "/readyz", "", Map.of()).status();
  }

  @Test
  @Order(5)
  void the_people_of_a_node_that_was_killed_vanish_from_the_lists() throws Exception {
    List<Visitor> people = people("brave", NODES);
    long room = enterAll(people, "storm");
    List<TestSocket> sockets = people.stream().map(TestSocket::connect).toList();
    sockets.forEach(socket -> socket.joins(room));
    TestSocket watching = sockets.getFirst();
    awaitOnline(watching, NODES);
    sockets.getLast().tell("typing", Map.of("room_id", room));
    watching.awaits("user typing", 1);

    testCluster.node(NODES - 1).kill();
    long killed = System.nanoTime();

    // Nobody says so but the node of those who are told.
    watching.awaits("user stop typing", 1);
    assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(8));
    awaitOnline(watching, NODES - 1);
    sockets.forEach(TestSocket::close);
  }

  private static void awaitOnline(TestSocket watching, int online) {
    AwaitInProgram.until(
        Duration.ofSeconds(30),
        () ->
            watching.heard("online users").stream()
                .reduce((before, last) -> last)
                .map(last -> last.get(1).get("online").asLong() == online)
                .orElse(false),
        () -> online + " expected: " + watching.heard("online users"));
  }

  private List<Visitor> people(String name, int count) {
    List<Visitor> people = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      people.add(Visitor.signsUp(testCluster.node(i % NODES).address(), name + i));
    }
    return people;
  }

  private static long enterAll(List<Visitor> people, String room) {
    return people.stream().mapToLong(person -> person.enters(room, "secret")).max().orElseThrow();
  }
}
