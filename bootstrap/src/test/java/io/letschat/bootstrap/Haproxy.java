package io.letschat.bootstrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The machine's haproxy with the configuration that is deployed, in front of three nodes, on free
 * ports of the loopback address. Where there is none the test is skipped, unless {@code
 * LETSCHAT_REQUIRE_HAPROXY} is set.
 */
final class Haproxy implements AutoCloseable {
  static final Path CONFIGURATION = Path.of("..", "deploy", "haproxy.cfg");

  private final Process process;
  private final Path log;
  private final int port;
  private final int watchPort;

  private Haproxy(Process process, Path log, int port, int watchPort) {
    this.process = process;
    this.log = log;
    this.port = port;
    this.watchPort = watchPort;
  }

  /** To be called first: skips the test. */
  static void assumeInstalled() {
    if (program().isEmpty()) {
      String sentence = "there is no haproxy on this machine";
      if (System.getenv("LETSCHAT_REQUIRE_HAPROXY") != null) {
        throw new AssertionError(sentence);
      }
      Assumptions.abort(sentence);
    }
  }

  /**
   * @param nodes where they are, such as {@code 127.0.0.1:4000}
   * @param settings more variables of the configuration
   */
  static Haproxy start(Path folder, List<String> nodes, Map<String, String> settings)
      throws IOException {
    int port = freePort();
    int watchPort = freePort();
    Path log = Files.createTempFile(folder, "haproxy", ".log");
    ProcessBuilder builder =
        builder("-f", CONFIGURATION.toString(), "-db")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("BIND", "127.0.0.1:" + port);
    environment.put("WATCH_BIND", "127.0.0.1:" + watchPort);
    environment.put("CONNECTIONS", "1000");
    for (int i = 0; i < nodes.size(); i++) {
      environment.put("APP" + (i + 1), nodes.get(i));
    }
    environment.putAll(settings);
    var haproxy = new Haproxy(builder.start(), log, port, watchPort);
    AwaitInProgram.until(
        Duration.ofSeconds(30),
        () -> {
          if (!haproxy.process.isAlive()) {
            throw new AssertionError("it ended instead of starting:\n" + haproxy.log());
          }
          return haproxy.answers();
        },
        haproxy::log);
    return haproxy;
  }

  /** What {@code haproxy -c} says about the configuration, and its exit code. */
  static ChatProcess.Ended check(Path folder, Map<String, String> environment) throws Exception {
    Path output = folder.resolve("haproxy-check");
    ProcessBuilder builder =
        builder("-c", "-f", CONFIGURATION.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("it did not end:\n" + Files.readString(output));
    }
    return new ChatProcess.Ended(process.exitValue(), Files.readString(output));
  }

  String address() {
    return "http://127.0.0.1:" + port;
  }

  /** The nodes' states by their names, such as {@code UP}, {@code DOWN} and {@code NOLB}. */
  Map<String, String> states() {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + watchPort + "/;csv"))
              .timeout(Duration.ofSeconds(10))
              .build();
      String csv = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      Map<String, String> states = new TreeMap<>();
      csv.lines()
          .map(line -> line.split(",", -1))
          .filter(columns -> columns[0].equals("nodes") && columns[1].startsWith("app"))
          .forEach(columns -> states.put(columns[1], columns[17].split(" ")[0]));
      return states;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  String state(String node) {
    return states().getOrDefault(node, "unknown");
  }

  void awaitState(String node, String state) {
    AwaitInProgram.until(
        Duration.ofSeconds(60),
        () -> state(node).equals(state),
        () -> node + " should be " + state + ": " + states() + "\n" + log());
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private boolean answers() {
    try {
      return !states().isEmpty();
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  private static ProcessBuilder builder(String... words) {
    var builder = new ProcessBuilder(words);
    builder.command().addFirst(program().orElseThrow().toString());
    return builder;
  }

  /** Debian keeps it where only root's path looks. */
  private static Optional<Path> program() {
    return Stream.concat(
            Stream.of(System.getenv().getOrDefault("PATH", "").split(":")),
            Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(directory -> Path.of(directory, "haproxy"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
