package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
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
class SeveralNodesTest {
  private static final int NODES = 3;

  @TempDir static Path folder;
  private Cluster cluster;

  @BeforeAll
  void start() throws Exception {
    cluster = Cluster.start(folder, NODES);
  }

  @AfterAll
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  @Order(1)
  void people_on_different_nodes_see_each_other_come_type_talk_and_go() {
    var ada = Visitor.signsUp(cluster.node(0).address(), "ada");
    var bob = Visitor.signsUp(cluster.node(1).address(), "bob");
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
        Await.until(
            () ->
                adas.heard("online users").stream()
                    .anyMatch(heard -> heard.get(1).get("online").asLong() == 2),
            () -> "Bob is not on Ada's list: " + adas.heard("online users"));
      }
      adas.awaits("user left", 1);
      Await.until(
          () -> adas.heard("online users").getLast().get(1).get("online").asLong() == 1,
          () -> "Bob is still on Ada's list: " + adas.heard("online users"));
    }
  }

  @Test
  @Order(2)
  void signing_out_and_being_removed_take_effect_on_every_node() {
    var owner = Visitor.signsUp(cluster.node(0).address(), "owner");
    var guest = Visitor.signsUp(cluster.node(0).address(), "guest");
    long room = owner.enters("club", "secret");
    guest.enters("club", "secret");
    try (var guests = TestSocket.connect(cluster.at(2, guest));
        var owners = TestSocket.connect(cluster.at(1, owner))) {
      guests.joins(room);
      owners.joins(room);

      long begin = System.nanoTime();
      assertThat(owner.delete("/api/rooms/" + room + "/members/" + guest.userId()).status())
          .isEqualTo(204);
      guests.awaits("chat error", 1);
      owners.says(room, "without the guest");
      owners.awaits("new message", 1);

      // Both nodes have just seen the session live.
      for (Visitor at : List.of(owner, cluster.at(1, owner))) {
        assertThat(at.get("/api/auth/me").status()).isEqualTo(200);
      }
      assertThat(owner.post("/api/auth/logout", Map.of()).status()).isEqualTo(200);
      for (Visitor at : List.of(owner, cluster.at(1, owner))) {
        assertThat(at.get("/api/auth/me").status()).isEqualTo(401);
      }
      Await.until(() -> !owners.disconnects().isEmpty(), () -> "the owner is still connected");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      assertThat(guests.messages()).isEmpty();
    }
  }

  @Test
  @Order(3)
  void everybody_on_three_nodes_gets_every_message_once_and_in_the_same_order() throws Exception {
    int senders = 12;
    int each = 15;
    List<Visitor> people = people("crowd", senders + 18);
    long room = enterAll(people, "square");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var sockets = new Sockets(people)) {
      sockets.join(room);
      List<Callable<Void>> sending = new ArrayList<>();
      for (int i = 0; i < senders; i++) {
        TestSocket socket = sockets.get(i);
        sending.add(() -> {
          for (int n = 0; n < each; n++) {
            socket.says(room, "message " + n);
          }
          return null;
        });
      }
      for (Future<Void> done : threads.invokeAll(sending)) {
        done.get();
      }
      sockets.haveAll(senders * each);
    }
  }

  @Test
  @Order(4)
  void redis_may_die_and_come_back_empty_while_people_talk() throws Exception {
    List<Visitor> people = people("steady", 6);
    long room = enterAll(people, "harbour");
    try (var sockets = new Sockets(people)) {
      sockets.join(room);
      sockets.get(0).says(room, "before");
      sockets.haveAll(1);

      cluster.redis().kill();
      long begin = System.nanoTime();
      for (int i = 0; i < 5; i++) {
        sockets.get(i % 3).says(room, "meanwhile " + i);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
      // Nobody can tell the others, but the log knows.
      sockets.haveAll(6);
      assertThat(Visitor.send(cluster.node(0).address(), "GET", "/readyz", "", Map.of()).status())
          .isEqualTo(503);

      cluster.redis().startAgain();
      Await.until(
          () ->
              Visitor.send(cluster.node(0).address(), "GET", "/readyz", "", Map.of()).status()
                  == 200,
          () -> "not ready again");
      sockets.get(1).says(room, "after");
      sockets.haveAll(7);
      // The people are known again on all nodes, as each beats its heart.
      var late = TestSocket.connect(people.getFirst());
      try (late) {
        Await.until(
            Duration.ofSeconds(30),
            () -> late.joins(room).get("online").asLong() == people.size(),
            () -> "not everybody is back");
      }
    }
  }

  @Test
  @Order(5)
  void a_node_that_is_killed_under_load_loses_no_acked_message_and_its_people_vanish()
      throws Exception {
    int senders = 9;
    int each = 20;
    List<Visitor> people = people("brave", senders);
    long room = enterAll(people, "storm");
    var watcher = people("watcher", 1).getFirst();
    watcher.enters("storm", "secret");
    Set<String> acked = ConcurrentHashMap.newKeySet();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var watching = TestSocket.connect(cluster.at(0, watcher))) {
      watching.joins(room);
      List<Future<Void>> sending = new ArrayList<>();
      for (int i = 0; i < senders; i++) {
        Visitor person = people.get(i);
        int node = i % NODES;
        sending.add(threads.submit(() -> sendsStubbornly(person, node, room, each, acked)));
      }
      Await.until(() -> acked.size() > senders * each / 4, () -> "it does not get going");
      cluster.node(2).kill();
      for (Future<Void> done : sending) {
        done.get(120, TimeUnit.SECONDS);
      }

      Await.until(
          () -> watching.messages().size() >= senders * each,
          () -> "the watcher has " + watching.seqs());
      assertThat(watching.seqs())
          .containsExactlyElementsOf(LongStream.rangeClosed(1, senders * each).boxed().toList());
      Set<String> heard = new HashSet<>();
      watching.messages().forEach(message -> heard.add(message.get("client_message_id").asText()));
      assertThat(heard).containsAll(acked).hasSize(senders * each);

      long begin = System.nanoTime();
      Await.until(
          Duration.ofSeconds(30),
          () -> watching.heard("online users").getLast().get(1).get("online").asLong() == 1,
          () -> "still there: " + watching.heard("online users").getLast());
      System.out.println(
          "people of the dead node gone after at most "
              + Duration.ofNanos(System.nanoTime() - begin).toMillis()
              + " ms more");
    }
  }

  /** Tries again on the next node, with the same id, whenever there is no good answer in 3 s. */
  private Void sendsStubbornly(Visitor person, int first, long room, int count, Set<String> acked) {
    int node = first;
    TestSocket socket = null;
    for (int n = 0; n < count; n++) {
      String id = person.name() + "-" + n;
      boolean sent = false;
      for (int attempt = 0; attempt < 40 && !sent; attempt++) {
        try {
          if (socket == null) {
            socket = TestSocket.connect(cluster.at(node, person));
            socket.joins(room);
          }
          CompletableFuture<JsonNode> answer =
              socket.asking(
                  "send message", Map.of("room_id", room, "content", id, "client_message_id", id));
          sent = answer.get(3, TimeUnit.SECONDS).path("ok").asBoolean();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        } catch (ExecutionException | TimeoutException | AssertionError e) {
          sent = false;
        }
        if (!sent) {
          if (socket != null) {
            socket.close();
          }
          socket = null;
          node = (node + 1) % NODES;
        }
      }
      assertThat(sent).as("message %s of %s", n, person.name()).isTrue();
      acked.add(id);
    }
    if (socket != null) {
      socket.close();
    }
    return null;
  }

  private List<Visitor> people(String name, int count) {
    List<Visitor> people = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      people.add(Visitor.signsUp(cluster.node(i % NODES).address(), name + i));
    }
    return people;
  }

  private static long enterAll(List<Visitor> people, String room) {
    return people.stream().mapToLong(person -> person.enters(room, "secret")).max().orElseThrow();
  }

  /** A socket for everybody, at the node where they signed up. */
  private static final class Sockets implements AutoCloseable {
    private final List<TestSocket> sockets = new ArrayList<>();

    Sockets(List<Visitor> people) {
      people.forEach(person -> sockets.add(TestSocket.connect(person)));
    }

    TestSocket get(int number) {
      return sockets.get(number);
    }

    void join(long room) {
      sockets.forEach(socket -> socket.joins(room));
    }

    /** Each has the messages 1 to {@code count}, each once and in order, and with the same ids. */
    void haveAll(int count) {
      List<Long> all = LongStream.rangeClosed(1, count).boxed().toList();
      for (TestSocket socket : sockets) {
        socket.awaits("new message", count);
        assertThat(socket.seqs()).containsExactlyElementsOf(all);
        assertThat(socket.messages()).isEqualTo(sockets.getFirst().messages());
      }
    }

    @Override
    public void close() {
      sockets.forEach(TestSocket::close);
    }
  }
}
