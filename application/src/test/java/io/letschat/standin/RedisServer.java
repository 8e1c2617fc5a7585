package io.letschat.standin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A redis-server of the machine, on a free port of the loopback address, that keeps nothing. Where
 * there is none the test is skipped, unless {@code LETSCHAT_REQUIRE_REDIS} is set.
 */
public final class RedisServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final int port;
  private Process process;

  private RedisServer(Path folder, int port) throws IOException {
    this.folder = folder;
    this.port = port;
    this.process = launch();
  }

  public static RedisServer start(Path folder) throws IOException {
    if (program().isEmpty()) {
      String sentence = "there is no redis-server on this machine";
      if (System.getenv("LETSCHAT_REQUIRE_REDIS") != null) {
        throw new AssertionError(sentence);
      }
      Assumptions.abort(sentence);
    }
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    return new RedisServer(folder, port);
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  public URI address() {
    return URI.create(url());
  }

  public int port() {
    return port;
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** As {@code kill -9}. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** As {@code kill -STOP}: connections stay, and nothing is answered. */
  public void pause() throws IOException {
    signal("STOP");
  }

  /** As {@code kill -CONT}. */
  public void goOn() throws IOException {
    signal("CONT");
  }

  private void signal(String name) throws IOException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
        .inheritIO()
        .start()
        .onExit()
        .join();
  }

  /**
   * Gives it a command.
   *
   * @return the first line of the answer
   */
  public String tell(String command) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }

  /** Empty, on the same port. */
  public void startAgain() throws IOException {
    process = launch();
  }

  @Override
  public void close() {
    kill();
  }

  private Process launch() throws IOException {
    Path log = folder.resolve("redis.log");
    Process started =
        new ProcessBuilder(
                program().orElseThrow().toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!answers()) {
      if (!started.isAlive() || System.nanoTime() > end) {
        started.destroyForcibly();
        throw new AssertionError("Redis did not start:\n" + Files.readString(log));
      }
      LockSupport.parkNanos(5_000_000);
    }
    return started;
  }

  private boolean answers() {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) Duration.ofSeconds(1).toMillis());
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read() == '+';
    } catch (IOException notYet) {
      return false;
    }
  }

  private static Optional<Path> program() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(directory -> Path.of(directory, "redis-server"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
