package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.ChatProcess;
import io.letschat.bootstrap.fixture.Composition;
import io.letschat.bootstrap.fixture.Haproxy;
import io.letschat.bootstrap.fixture.NodeCrowd;
import io.letschat.bootstrap.fixture.Visitor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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

/** Stories of the {@link Composition}; the last ones take its nodes away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BehindHaproxyTest {
  private static final int EACH_TRANSPORT = 12;
  private static final int SENDERS = 6;

  @TempDir static Path folder;
  private Composition composition;
  private Haproxy haproxy;
  private Visitor ada;
  private long room;

  @BeforeAll
  void start() throws Exception {
    composition = Composition.start(folder);
    haproxy = composition.haproxy();
    ada = Visitor.signsUp(haproxy.address(), "ada");
    room = ada.enters("tea", "secret");
  }

  @AfterAll
  void stop() {
    if (composition != null) {
      composition.close();
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
    List<Visitor> people = new ArrayList<>();
    for (int i = 0; i < EACH_TRANSPORT; i++) {
      Visitor person = Visitor.signsUp(haproxy.address(), "person" + i);
      person.enters("tea", "secret");
      people.add(person);
    }
    for (String transports : List.of("polling", "websocket", "both")) {
      composition.crowd().come(room, people, transports);
    }

    composition.awaitEach(
        "on its transport",
        member ->
            member
                .transport()
                .equals(member.transports().equals("polling") ? "polling" : "websocket"));
    List<NodeCrowd.Member> members = composition.report();
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
    for (int i = 0; i < Composition.NODES; i++) {
      HttpResponse<byte[]> file = composition.cluster().at(i, ada).fetches(url);
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
  void only_the_proxy_that_ends_tls_is_believed_that_it_was_https() throws Exception {
    var account = Map.of("email", "ada@example.org", "password", "password of ada");
    var https = Map.of("X-Forwarded-Proto", "https", "X-Forwarded-For", "203.0.113.7");
    String path = "/api/auth/login";
    try (var behind =
        Haproxy.start(folder, composition.nodeAddresses(), Map.of("TLS_PROXY", "127.0.0.2"))) {
      assertThat(cookie(post(behind, "127.0.0.2", path, account, https))).contains("Secure");
      assertThat(cookie(post(behind, "127.0.0.3", path, account, https))).doesNotContain("Secure");
    }
    assertThat(cookie(post(haproxy, "127.0.0.2", path, account, https))).doesNotContain("Secure");
  }

  private static String cookie(HttpResponse<String> response) {
    return response.headers().firstValue("Set-Cookie").orElseThrow();
  }

  @Test
  @Order(6)
  void a_rolling_restart_under_load_loses_nothing_and_spreads_those_who_come_back()
      throws Exception {
    var over = new CountDownLatch(1);
    int drained = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<List<Integer>> pages = threads.submit(() -> pagesUntil(over));
      try {
        composition.crowd().talk(SENDERS, 500);
        for (int i = 0; i < Composition.NODES; i++) {
          drained += restart(i) ? 1 : 0;
        }
        composition.crowd().hush();
      } finally {
        over.countDown();
      }
      System.out.println(pages.get().size() + " pages were asked for meanwhile");
      assertThat(pages.get()).hasSizeGreaterThan(20).containsOnly(200);
    }
    assertThat(drained).as("nodes that the proxy saw leaving").isPositive();

    long last =
        ada.get("/api/rooms/" + room + "/messages?limit=1").body().at("/messages/0/seq").asLong();
    composition.awaitEach("up to message " + last, member -> member.heard().contains(last));
    List<NodeCrowd.Member> members = composition.report();
    List<Long> all = LongStream.rangeClosed(1, last).boxed().toList();
    Set<String> acked = new TreeSet<>();
    for (NodeCrowd.Member member : members) {
      // None missing, none twice.
      assertThat(member.heard()).as(member.name()).containsExactlyInAnyOrderElementsOf(all);
      assertThat(member.ends())
          .as(member.name())
          .hasSizeGreaterThan(0)
          .allMatch(end -> end.reason().startsWith("transport "));
      acked.addAll(member.acked());
    }
    System.out.printf(
        "%d messages were acked during the rolling restart; clients came back %d times, %d of them"
            + " without joining, and were refused: %s%n",
        acked.size(),
        members.stream().mapToLong(member -> member.visits().size() - 1).sum(),
        members.stream()
            .flatMap(member -> member.visits().stream())
            .filter(NodeCrowd.Visit::recovered)
            .count(),
        members.stream().flatMap(member -> member.errors().stream()).toList());
    // One message more in the room than was said: the picture.
    assertThat(members.getFirst().ids().keySet()).containsAll(acked);
    assertThat(last).isEqualTo(acked.size() + 1);
  }

  @Test
  @Order(7)
  void clients_of_a_node_that_is_killed_come_back_elsewhere_whatever_their_transport()
      throws Exception {
    String node = composition.report().getFirst().lastVisit().node();
    int number = List.of("app1", "app2", "app3").indexOf(node);
    Set<String> there = composition.membersAt(number);
    long begin = System.currentTimeMillis();
    composition.cluster().node(number).kill();
    composition.awaitEach(
        "at another node",
        member ->
            !there.contains(member.name())
                || (member.lastVisit().at() > begin && !member.lastVisit().node().equals(node)));
    long last =
        composition.report().stream()
            .filter(member -> there.contains(member.name()))
            .mapToLong(member -> member.lastVisit().at())
            .max()
            .orElseThrow();
    System.out.printf(
        "%d clients of a killed node were all back %d ms later%n", there.size(), last - begin);
  }

  /**
   * As {@code deploy/rolling-restart} does it with each; says how its clients came back.
   *
   * @return whether the proxy was seen to know that it was leaving
   */
  private boolean restart(int number) throws Exception {
    String name = Composition.name(number);
    ChatProcess node = composition.cluster().node(number);
    Set<String> here = composition.membersAt(number);
    long begin = System.currentTimeMillis();
    node.process().destroy();
    // Before the proxy knows, the node refuses a third of these, and the proxy asks another.
    for (int i = 0; i < 30; i++) {
      assertThat(ada.fetches("/socket.io/?EIO=4&transport=polling").statusCode()).isEqualTo(200);
    }
    AwaitInProgram.until(
        Duration.ofSeconds(60),
        () -> !haproxy.state(name).equals("UP"),
        () -> "the proxy knows nothing: " + haproxy.states());
    boolean drained = haproxy.state(name).equals("NOLB");
    AwaitInProgram.until(Duration.ofSeconds(60), () -> !node.process().isAlive(), node::log);
    long ended = System.currentTimeMillis();
    node.startAgain();
    haproxy.awaitState(name, "UP");
    long ready = System.currentTimeMillis();
    composition.awaitEach(
        "back", member -> !here.contains(member.name()) || member.lastVisit().at() > begin);

    List<Long> left = new ArrayList<>();
    Map<Long, Integer> back = new TreeMap<>();
    for (NodeCrowd.Member member : composition.report()) {
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
    assertThat(left.getFirst())
        .as("nobody is let go before the notice is over")
        .isGreaterThan(Composition.NOTICE_SECONDS * 900L);
    assertThat(left.getLast() - left.getFirst())
        .as("one goes after the other")
        .isGreaterThan(Composition.SPREAD_SECONDS * 500L);
    return drained;
  }

  private List<Integer> pagesUntil(CountDownLatch over) throws InterruptedException {
    List<Integer> statuses = new ArrayList<>();
    while (!over.await(50, TimeUnit.MILLISECONDS)) {
      statuses.add(ada.fetches("/rooms/" + room).statusCode());
    }
    return statuses;
  }

  /** Asks for a code from one of this machine's addresses, claiming to speak for another. */
  private int forgets(String from, String email, String claimed) throws Exception {
    return post(
            haproxy,
            from,
            "/api/auth/forgetPassword",
            Map.of("email", email),
            Map.of("X-Forwarded-For", claimed, "Forwarded", "for=" + claimed))
        .statusCode();
  }

  private static HttpResponse<String> post(
      Haproxy to, String from, String path, Map<String, ?> body, Map<String, String> headers)
      throws Exception {
    try (var client = HttpClient.newBuilder().localAddress(InetAddress.getByName(from)).build()) {
      var request =
          HttpRequest.newBuilder(URI.create(to.address() + path))
              .timeout(Duration.ofSeconds(30))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(Visitor.JSON.writeValueAsString(body)));
      headers.forEach(request::header);
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
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
