package io.letschat.bootstrap.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.bootstrap.faults.fixture.FaultyCluster;
import io.letschat.bootstrap.faults.fixture.JavaCrowd;
import io.letschat.bootstrap.faults.fixture.NodePeer;
import io.letschat.bootstrap.faults.fixture.PythonCrowd;
import io.letschat.bootstrap.faults.fixture.RestartableLetsChat;
import io.letschat.bootstrap.faults.fixture.RestartableServer;
import io.letschat.bootstrap.faults.fixture.ReturningClients;
import io.letschat.bootstrap.faults.fixture.ReturningCrowd;
import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Thousands of unmodified clients come back by themselves, all of them, after whatever happened to
 * the server or its database; and the same to a server of Node's that looks each up by itself. How
 * long it took is kept in {@code target/returning.md}. {@code -Dcrowd=500} makes the crowds of 5000
 * smaller, and {@code -Dcrowd.only='LetsChat 4.8'} leaves the others out.
 */
@Tag("long")
class ReturningCrowdsTest {
  private static final int CROWD = Integer.getInteger("crowd", 5_000);
  private static final String ONLY = System.getProperty("crowd.only", "");
  private static final int FEW = Math.min(300, CROWD);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Path REPORT = Path.of("target", "returning.md");

  @TempDir private static Path folder;

  private static FaultyCluster cluster;
  private static List<String> tokens;
  private static Path scripts;

  @BeforeAll
  static void start() throws Exception {
    scripts = ReturningCrowd.installed(folder);
    cluster = FaultyCluster.start(folder, 1);
    tokens = cluster.people().signUp("returning", CROWD).stream().map(Visitor::token).toList();
    Files.writeString(
        REPORT,
        "| server | client | transport | clients | after | half | 99 % | all |\n"
            + "|---|---|---|---|---|---|---|---|\n");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @ParameterizedTest
  @CsvSource({
    "4.8, websocket", "4.8, polling", "2.5, websocket", "2.5, polling",
    "4.5, websocket", "4.5, polling", "4.0, websocket", "4.0, polling",
    "3.1, websocket", "3.1, polling", "Python, websocket", "Python, polling",
    "Java, websocket", "Java, polling"
  })
  void all_come_back(String client, String transport) throws Exception {
    comeBack(new RestartableLetsChat(cluster), client, transport);
  }

  @ParameterizedTest
  @CsvSource({"4.8, websocket", "4.8, polling", "2.5, websocket", "2.5, polling"})
  void and_to_a_server_of_node_s(String client, String transport) throws Exception {
    try (var node = NodePeer.start(folder, cluster)) {
      comeBack(node, client, transport);
    }
  }

  private void comeBack(RestartableServer server, String client, String transport)
      throws Exception {
    String all = server.name() + " " + client + " " + transport;
    Assumptions.assumeTrue(all.matches(".*" + ONLY + ".*"), all);
    try (ReturningClients clients = clients(server, client, transport)) {
      for (Fault fault : Fault.values()) {
        long since = fault.happens(server, clients);
        report(server, client, transport, fault, clients, since);
      }
      assertThat(clients.toldFinally()).isEmpty();
    }
  }

  private static ReturningClients clients(RestartableServer server, String client, String transport)
      throws Exception {
    List<String> few = tokens.subList(0, FEW);
    return switch (client) {
      case "Python" -> PythonCrowd.start(server.port(), transport, few);
      case "Java" -> JavaCrowd.start(server.port(), transport, few);
      default -> {
        var crowd = ReturningCrowd.start(scripts, "http://127.0.0.1:" + server.port());
        crowd.come(client, transport, List.of("4.8", "2.5").contains(client) ? tokens : few);
        yield crowd;
      }
    };
  }

  private enum Fault {
    KILL("`kill -9`, started again"),
    TERM("SIGTERM, started again"),
    SILENT_15("15 s without a database"),
    SILENT_60("60 s without a database");

    private final String words;

    Fault(String words) {
      this.words = words;
    }

    /** Returns when it was over, by nano time. */
    long happens(RestartableServer server, ReturningClients clients) throws Exception {
      switch (this) {
        case KILL -> restart(server, clients, server::kill);
        case TERM -> restart(server, clients, server::stop);
        case SILENT_15 -> silent(server, clients, Duration.ofSeconds(15));
        case SILENT_60 -> silent(server, clients, Duration.ofSeconds(60));
      }
      return System.nanoTime();
    }

    private static void restart(RestartableServer server, ReturningClients clients, Runnable end)
        throws IOException {
      end.run();
      AwaitInProgram.until(PATIENCE, () -> clients.connected() == 0, () -> "still connected");
      server.startAgain();
    }

    private static void silent(
        RestartableServer server, ReturningClients clients, Duration outage) {
      server.postgres().fallSilent();
      long end = System.nanoTime() + outage.toNanos();
      clients.loseAll();
      AwaitInProgram.until(PATIENCE, () -> System.nanoTime() > end, () -> "time stands still");
      server.postgres().mend();
    }
  }

  private static void report(
      RestartableServer server,
      String client,
      String transport,
      Fault fault,
      ReturningClients clients,
      long since)
      throws IOException {
    String half = awaits(clients, clients.size() / 2, since);
    String most = awaits(clients, clients.size() * 99 / 100, since);
    String all = awaits(clients, clients.size(), since);
    String row =
        "| %s | %s | %s | %d | %s | %s | %s | %s |\n"
            .formatted(
                server.name(), client, transport, clients.size(), fault.words, half, most, all);
    Files.writeString(REPORT, row, StandardOpenOption.APPEND);
  }

  private static String awaits(ReturningClients clients, int count, long since) {
    AwaitInProgram.until(
        PATIENCE, () -> clients.connected() >= count, () -> "only " + clients.connected() + " are");
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }
}
