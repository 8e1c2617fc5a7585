package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The composition of docker-compose.nodes.yml without Docker: three nodes with one folder for
 * files, behind HAProxy with the configuration that is deployed. The last story restarts all of
 * them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BehindHaproxyTest {
  private static final int NODES = 3;
  private static final int SPREAD_SECONDS = 2;
  private static final int EACH_TRANSPORT = 12;
  private static final int SENDERS = 9;

  @TempDir static Path folder;
  private Cluster cluster;
  private Haproxy haproxy;
  private NodeCrowd crowd;
  private Visitor ada;
  private long room;

  @BeforeAll
  void start() throws Exception {
    Haproxy.assumeInstalled();
    cluster =
        Cluster.start(
            folder,
            NODES,
            Map.of(
                "TRUST_PROXY",
                "127.0.0.1",
                "DATA_DIR",
                folder.resolve("data").toString(),
                "SHUTDOWN_NOTICE",
                "1",
                "SHUTDOWN_SPREAD",
                "" + SPREAD_SECONDS));
    haproxy =
        Haproxy.start(
            folder,
            IntStream.range(0, NODES)
                .mapToObj(i -> cluster.node(i).address().replace("http://localhost", "127.0.0.1"))
                .toList());
    crowd = NodeCrowd.start(folder, haproxy.address());
    ada = Visitor.signsUp(haproxy.address(), "ada");
    room = ada.enters("tea", "secret");
  }

  @AfterAll
  void stop() {
    if (crowd != null) {
      crowd.close();
    }
    if (haproxy != null) {
      haproxy.close();
    }
    if (cluster != null) {
      // Nobody is left to be waited for.
      for (int i = 0; i < cluster.nodes(); i++) {
        cluster.node(i).kill();
      }
      cluster.close();
    }
  }

  @Test
  @Order(1)
  void the_configuration_has_no_fault() throws Exception {
    var local = Map.of("APP1", "127.0.0.1:1", "APP2", "127.0.0.1:2", "APP3", "127.0.0.1:3");
    ChatProcess.Ended checked = Haproxy.check(folder, local);
    assertThat(checked.code()).as(checked.output()).isZero();
    assertThat(checked.output()).doesNotContain("WARNING");
    // With the names of the composition, which nobody knows yet when it starts.
    assertThat(Haproxy.check(folder, Map.of()).code()).isZero();
  }

  @Test
  @Order(2)
  void clients_of_one_address_without_cookies_are_spread_and_each_transport_works()
      throws Exception {
    for (String transports : List.of("polling", "websocket", "both")) {
      List<Visitor> people = new ArrayList<>();
      for (int i = 0; i < EACH_TRANSPORT; i++) {
        Visitor person = Visitor.signsUp(haproxy.address(), transports + i);
        person.enters("tea", "secret");
        people.add(person);
      }
      crowd.come(room, people, transports);
    }

    awaitEach(
        "on its transport",
        member ->
            member
                .transport()
                .equals(member.transports().equals("polling") ? "polling" : "websocket"));
    List<NodeCrowd.Member> members = crowd.report();
    assertThat(members)
        .hasSize(3 * EACH_TRANSPORT)
        .allSatisfy(member -> {
          assertThat(member.errors()).isEmpty();
          assertThat(member.ends()).isEmpty();
        });
    Map<String, Long> spread =
        members.stream()
            .collect(
                Collectors.groupingBy(
                    member -> member.lastVisit().node(), TreeMap::new, Collectors.counting()));
    System.out.println("clients behind one address are at " + spread);
    assertThat(spread).containsOnlyKeys("app1", "app2", "app3");
  }

  @Test
  @Order(3)
  void a_page_and_a_file_that_another_node_took_come_through() throws Exception {
    HttpResponse<byte[]> page = ada.fetches("/rooms/" + room);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(new String(page.body(), StandardCharsets.UTF_8)).contains("</html>");

    byte[] picture = noise(900);
    assertThat(picture.length).isGreaterThan(2_000_000);
    Visitor.Response uploaded = ada.uploads(room, "noise.png", picture, "noise");
    assertThat(uploaded.status()).as("%s", uploaded).isEqualTo(201);
    String url = uploaded.body().get("fileUrl").asText();
    for (int i = 0; i < NODES; i++) {
      HttpResponse<byte[]> file = cluster.at(i, ada).fetches(url);
      assertThat(file.statusCode()).isEqualTo(200);
      assertThat(file.body().length).isGreaterThan(100_000);
    }
  }

  @Test
  @Order(4)
  void limits_count_the_address_of_the_client_and_not_what_it_says_of_itself() throws Exception {
    List<Integer> answers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      answers.add(forgets("127.0.0.2", "somebody" + i + "@example.org", "10.1.1." + i));
    }
    assertThat(answers).containsExactly(200, 200, 200, 429);
    assertThat(forgets("127.0.0.3", "else@example.org", "127.0.0.2")).isEqualTo(200);
  }

  @Test
  @Order(5)
  void a_rolling_restart_under_load_loses_nothing_and_spreads_those_who_come_back()
      throws Exception {
    var over = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<List<Integer>> pages = threads.submit(() -> pagesUntil(over));
      try {
        crowd.talk(SENDERS, 300);
        for (int i = 0; i < NODES; i++) {
          restart(i);
        }
        crowd.hush();
      } finally {
        over.set(true);
      }
      System.out.println(pages.get().size() + " pages were asked for meanwhile");
      assertThat(pages.get()).hasSizeGreaterThan(20).containsOnly(200);
    }

    long last =
        ada.get("/api/rooms/" + room + "/messages?limit=1").body().at("/messages/0/seq").asLong();
    awaitEach("up to message " + last, member -> member.heard().contains(last));
    List<NodeCrowd.Member> members = crowd.report();
    List<Long> all = LongStream.rangeClosed(1, last).boxed().toList();
    Set<String> acked = new TreeSet<>();
    for (NodeCrowd.Member member : members) {
      // None missing, none twice.
      assertThat(member.heard()).as(member.name()).containsExactlyInAnyOrderElementsOf(all);
      assertThat(member.ends())
          .as(member.name())
          .hasSizeGreaterThan(0)
          .allMatch(end -> end.reason().startsWith("transport "));
      // The balancer asks another node for those whom one refuses.
      assertThat(member.errors()).as(member.name()).isEmpty();
      acked.addAll(member.acked());
    }
    System.out.println(acked.size() + " messages were acked during the rolling restart");
    // One message more in the room than was said: the picture.
    assertThat(members.getFirst().ids().keySet()).containsAll(acked);
    assertThat(last).isEqualTo(acked.size() + 1);
  }

  /** As {@code deploy/rolling-restart} does it with each; says how its clients came back. */
  private void restart(int number) throws Exception {
    String name = "app" + (number + 1);
    ChatProcess node = cluster.node(number);
    Set<String> here =
        crowd.report().stream()
            .filter(member -> member.lastVisit().node().equals(name))
            .map(NodeCrowd.Member::name)
            .collect(Collectors.toSet());
    long begin = System.currentTimeMillis();
    node.process().destroy();
    haproxy.awaitState(name, "NOLB");
    Await.until(Duration.ofSeconds(60), () -> !node.process().isAlive(), node::log);
    long ended = System.currentTimeMillis();
    node.startAgain();
    haproxy.awaitState(name, "UP");
    long ready = System.currentTimeMillis();
    awaitEach("back", member -> !here.contains(member.name()) || member.lastVisit().at() > begin);

    List<Long> left = new ArrayList<>();
    Map<Long, Integer> back = new TreeMap<>();
    for (NodeCrowd.Member member : crowd.report()) {
      if (here.contains(member.name())) {
        left.add(member.ends().getLast().at() - begin);
        back.merge((member.lastVisit().at() - begin) / 500 * 500, 1, Integer::sum);
      }
    }
    left.sort(null);
    System.out.printf(
        "%s: gone after %d ms, ready %d ms later; its %d clients were let go from %d to %d ms after"
            + " the signal, and were back at (ms=clients) %s%n",
        name, ended - begin, ready - ended, here.size(), left.getFirst(), left.getLast(), back);
    assertThat(here.size()).isGreaterThan(3);
    assertThat(left.getFirst()).as("nobody is let go before the notice is over").isGreaterThan(900);
    assertThat(left.getLast() - left.getFirst())
        .as("one goes after the other")
        .isGreaterThan(SPREAD_SECONDS * 1000L / 2);
  }

  private List<Integer> pagesUntil(AtomicBoolean over) {
    List<Integer> statuses = new ArrayList<>();
    while (!over.get()) {
      statuses.add(ada.fetches("/rooms/" + room).statusCode());
    }
    return statuses;
  }

  private void awaitEach(String what, Predicate<NodeCrowd.Member> condition) {
    Await.until(
        Duration.ofSeconds(60),
        () -> report().stream().allMatch(condition),
        () -> "not everybody is " + what + ": " + report());
  }

  private List<NodeCrowd.Member> report() {
    try {
      return crowd.report();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks for a code from one of this machine's addresses, claiming to speak for another. */
  private int forgets(String from, String email, String claimed) throws Exception {
    try (var client = HttpClient.newBuilder().localAddress(InetAddress.getByName(from)).build()) {
      var request =
          HttpRequest.newBuilder(URI.create(haproxy.address() + "/api/auth/forgetPassword"))
              .timeout(Duration.ofSeconds(30))
              .header("Content-Type", "application/json")
              .header("X-Forwarded-For", claimed)
              .header("Forwarded", "for=" + claimed)
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      Visitor.JSON.writeValueAsString(Map.of("email", email))))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  /** A picture that cannot be made small. */
  private static byte[] noise(int size) throws IOException {
    var random = new Random(1);
    var image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
