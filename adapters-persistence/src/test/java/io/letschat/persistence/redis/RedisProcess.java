package io.letschat.persistence.redis;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A redis-server of the machine, on a free port of the loopback address, that keeps nothing. Where
 * there is none the test is skipped, unless {@code LETSCHAT_REQUIRE_REDIS} is set.
 */
public final class RedisProcess implements AutoCloseable {
  private final Path folder;
  private final int port;
  private Process process;

  private RedisProcess(Path folder, int port) throws Exception {
    this.folder = folder;
    this.port = port;
    this.process = launch();
  }

  public static RedisProcess start(Path folder) throws Exception {
    if (program().isEmpty()) {
      String sentence = "there is no redis-server on this machine";
      if (System.getenv("LETSCHAT_REQUIRE_REDIS") != null) {
        throw new AssertionError(sentence);
      }
      Assumptions.abort(sentence);
    }
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = free.getLocalPort();
      free.close();
      return new RedisProcess(folder, port);
    }
  }

  public URI address() {
    return URI.create("redis://127.0.0.1:" + port);
  }

  /** As {@code kill -9}. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Empty, on the same port. */
  public void startAgain() throws Exception {
    process = launch();
  }

  @Override
  public void close() {
    kill();
  }

  private Process launch() throws Exception {
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
            .redirectOutput(folder.resolve("redis.log").toFile())
            .start();
    try (Redis redis = Redis.open(address())) {
      long end = System.nanoTime() + 20_000_000_000L;
      while (!redis.isReady()) {
        if (!started.isAlive() || System.nanoTime() > end) {
          started.destroyForcibly();
          throw new AssertionError(
              "Redis did not start:\n" + Files.readString(folder.resolve("redis.log")));
        }
        Thread.onSpinWait();
      }
    }
    return started;
  }

  private static Optional<Path> program() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(directory -> Path.of(directory, "redis-server"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
