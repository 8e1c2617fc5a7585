package io.letschat.bootstrap.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.bootstrap.faults.fixture.LoadPeople;
import io.letschat.bootstrap.faults.fixture.LoadSocket;
import io.letschat.bootstrap.faults.fixture.Trial;
import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.ChatProcess;
import io.letschat.bootstrap.fixture.Visitor;
import io.letschat.embeddedpostgres.EmbeddedPostgres;
import io.letschat.embeddedpostgres.PostgresAddress;
import io.letschat.persistence.postgres.embedded.EmbeddedDatabase;
import io.letschat.standin.RedisServer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a join costs: a thousand people whose sockets are open join one room at once, again and
 * again. With {@code -Djoins.against=<letschat.jar>} another build, with stores of its own, takes
 * turns with this one. See docs/benchmarks.md.
 */
@Tag("long")
class JoiningCostTest {
  private static final int PEOPLE = 1000;
  private static final int CONNECTING = 50;
  private static final int SAID = 60;
  private static final int WARM_UP = 3;
  private static final int MEASURED = 7;
  private static final Duration LONGEST = Duration.ofSeconds(120);
  private static final String JWT_SECRET = "a secret of the nodes together, long enough";
  private static final String SESSION_SECRET = "another secret of the nodes together";

  @TempDir private Path folder;

  /** One round: how long until all had their ack, and the processor time of each, in ms. */
  private record Round(double wall, double node, double postgres, double redis, long unavailable) {}

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_thousand_people_join_one_room(boolean withRedis) throws Exception {
    List<Contender> contenders = new ArrayList<>();
    try {
      contenders.add(new Contender("this", System.getProperty("java.class.path"), withRedis));
      if (System.getProperty("joins.against") != null) {
        contenders.add(new Contender("against", System.getProperty("joins.against"), withRedis));
      }
      for (int i = 0; i < WARM_UP + MEASURED; i++) {
        for (Contender contender : contenders) {
          contender.round();
        }
      }
      for (Contender contender : contenders) {
        List<Round> measured = contender.rounds.subList(WARM_UP, WARM_UP + MEASURED);
        System.out.printf(
            Locale.ROOT,
            "| %s%s | %.0f | %.2f | %.2f | %.2f | %d |%n",
            contender.name,
            withRedis ? ", Redis" : "",
            PEOPLE * 1000.0 / median(measured, Round::wall),
            median(measured, Round::node) / PEOPLE,
            median(measured, Round::postgres) / PEOPLE,
            median(measured, Round::redis) / PEOPLE,
            measured.stream().mapToLong(Round::unavailable).sum());
      }
    } finally {
      contenders.forEach(Contender::close);
    }
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> of) {
    return rounds.stream().mapToDouble(of).sorted().toArray()[rounds.size() / 2];
  }

  private final class Contender implements AutoCloseable {
    private final String name;
    private final EmbeddedPostgres postgres;
    private final Optional<RedisServer> redis;
    private final ChatProcess node;
    private final EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<LoadSocket> sockets = new ArrayList<>();
    private final Map<String, Object> room;
    private final List<Round> rounds = new ArrayList<>();

    Contender(String name, String classPath, boolean withRedis) throws Exception {
      this.name = name;
      Path home = Files.createDirectory(folder.resolve(name));
      postgres = EmbeddedDatabase.start(home.resolve("data"));
      redis = withRedis ? Optional.of(RedisServer.start(home)) : Optional.empty();
      PostgresAddress address = postgres.address();
      Map<String, String> settings = new HashMap<>();
      settings.put("JWT_SECRET", JWT_SECRET);
      settings.put("SESSION_SECRET", SESSION_SECRET);
      settings.put(
          "DATABASE_URL",
          "%s&user=%s&password=%s"
              .formatted(address.jdbcUrl(), address.user(), address.password()));
      redis.ifPresent(server -> settings.put("REDIS_URL", server.url()));
      settings.put("RATE_LIMIT_MESSAGE", "off");
      settings.put("SHUTDOWN_SPREAD", "0");
      node = ChatProcess.startOf(classPath, Files.createDirectory(home.resolve("node")), settings);
      try (var people = new LoadPeople(address, JWT_SECRET, SESSION_SECRET)) {
        List<Visitor> visitors = people.signUp("person", PEOPLE);
        room = Map.of("room_id", people.gather("hall", visitors));
        List<CompletableFuture<Void>> connected = new ArrayList<>();
        for (Visitor visitor : visitors) {
          var mine = new CompletableFuture<Void>();
          connected.add(mine);
          sockets.add(LoadSocket.open(loops, node.address(), visitor.token(), new Ear(mine)));
          if (connected.size() % CONNECTING == 0) {
            all(connected);
          }
        }
      }
      ask(sockets.getFirst(), "join room", room);
      for (int i = 0; i < SAID; i++) {
        String text = "message " + i + " of those that everybody sees who comes in";
        ask(sockets.getFirst(), "send message", with(room, "content", text));
      }
      ask(sockets.getFirst(), "leave room", room);
    }

    void round() {
      double[] before = cpu();
      long began = System.nanoTime();
      List<CompletableFuture<JsonNode>> joins =
          sockets.stream().map(socket -> socket.ask("join room", room)).toList();
      all(joins);
      double wall = (System.nanoTime() - began) / 1e6;
      double[] after = cpu();
      List<JsonNode> joined = new ArrayList<>();
      for (CompletableFuture<JsonNode> join : joins) {
        if (join.join().get("ok").asBoolean()) {
          joined.add(join.join());
        }
      }
      assertThat(joined)
          .isNotEmpty()
          .allMatch(ack -> ack.at("/room/last_seq").asInt() == SAID)
          .allMatch(ack -> ack.get("messages").size() == 50);
      rounds.add(
          new Round(
              wall,
              after[0] - before[0],
              after[1] - before[1],
              after[2] - before[2],
              PEOPLE - joined.size()));
      System.out.println(name + ": " + rounds.getLast());
      all(sockets.stream().map(socket -> socket.ask("leave room", room)).toList());
      // The lists that follow belong to nobody's join.
      Trial.rest(Duration.ofSeconds(2));
    }

    private double[] cpu() {
      return new double[] {
        millis(Stream.of(node.process().toHandle())),
        millis(ProcessHandle.of(postgres.pid()).stream().flatMap(ProcessHandle::descendants)),
        millis(redis.stream().map(RedisServer::handle))
      };
    }

    @Override
    public void close() {
      sockets.forEach(LoadSocket::close);
      loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
      node.close();
      redis.ifPresent(RedisServer::close);
      postgres.close();
    }
  }

  private static double millis(Stream<ProcessHandle> processes) {
    return processes
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .mapToDouble(Duration::toMillis)
        .sum();
  }

  private static JsonNode ask(LoadSocket socket, String event, Map<String, ?> payload) {
    return socket.ask(event, payload).orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static Map<String, Object> with(Map<String, Object> map, String name, Object value) {
    Map<String, Object> more = new HashMap<>(map);
    more.put(name, value);
    return more;
  }

  private static void all(List<? extends CompletableFuture<?>> futures) {
    AwaitInProgram.until(
        LONGEST,
        () -> futures.stream().allMatch(CompletableFuture::isDone),
        () -> "not all were answered");
    futures.forEach(CompletableFuture::join);
  }

  private record Ear(CompletableFuture<Void> there) implements LoadSocket.Ear {
    @Override
    public void connected() {
      there.complete(null);
    }

    @Override
    public void heard(String event, String arguments) {}

    @Override
    public void ended() {
      there.completeExceptionally(new LoadSocket.EndedException());
    }
  }
}
