package io.letschat.bootstrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The machine's nginx with what {@code docs/operating.md} says about a base path, on free ports of
 * the loopback address. Where there is none the test is skipped, unless {@code
 * LETSCHAT_REQUIRE_NGINX} is set.
 */
final class Nginx implements AutoCloseable {
  private static final Path DOCUMENT = Path.of("..", "docs", "operating.md");

  private static final String CONFIGURATION =
      """
      daemon off;
      master_process off;
      pid %1$s/nginx.pid;
      error_log stderr;
      events { worker_connections 512; }
      http {
        access_log %1$s/access.log;
        client_body_temp_path %1$s/body;
        proxy_temp_path %1$s/proxy;
        fastcgi_temp_path %1$s/fastcgi;
        uwsgi_temp_path %1$s/uwsgi;
        scgi_temp_path %1$s/scgi;
        map $http_upgrade $connection_upgrade { default upgrade; "" ""; }
        server {
          listen 127.0.0.1:%2$d;
          %4$s
        }
        server {
          listen 127.0.0.1:%3$d;
          %5$s
        }
      }
      """;

  private final Process process;
  private final Path log;
  private final int passing;
  private final int cutting;

  private Nginx(Process process, Path log, int passing, int cutting) {
    this.process = process;
    this.log = log;
    this.passing = passing;
    this.cutting = cutting;
  }

  /** To be called first: skips the test. */
  static void assumeInstalled() {
    if (program().isEmpty()) {
      String sentence = "there is no nginx on this machine";
      if (System.getenv("LETSCHAT_REQUIRE_NGINX") != null) {
        throw new AssertionError(sentence);
      }
      Assumptions.abort(sentence);
    }
  }

  /**
   * @param node where it is, such as {@code http://localhost:4000}
   */
  static Nginx start(Path folder, String node) throws IOException {
    int passing = freePort();
    int cutting = freePort();
    String upstream = node.replace("localhost", "127.0.0.1");
    String location = documented().replace("http://127.0.0.1:4000", upstream);
    // As many configurations have it: with a slash at the end nginx cuts the location off.
    String cut = location.replace(upstream + ";", upstream + "/;");
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(
        configuration, CONFIGURATION.formatted(folder, passing, cutting, location, cut));
    Path log = folder.resolve("nginx.log");
    Process process =
        new ProcessBuilder(
                List.of(
                    program().orElseThrow().toString(),
                    "-p",
                    folder.toString(),
                    "-c",
                    configuration.toString(),
                    "-e",
                    "stderr"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    var nginx = new Nginx(process, log, passing, cutting);
    AwaitInProgram.until(
        Duration.ofSeconds(30),
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("it ended instead of starting:\n" + nginx.log());
          }
          return isOpen(passing) && isOpen(cutting);
        },
        nginx::log);
    return nginx;
  }

  /** The block of the document that passes a location on. */
  private static String documented() throws IOException {
    String document = Files.readString(DOCUMENT);
    int begin = document.indexOf("    location /chat/ {");
    return document.substring(begin, document.indexOf("\n    }", begin) + 6);
  }

  /** Where the base path is passed on. */
  String passing() {
    return "http://127.0.0.1:" + passing + "/chat";
  }

  /** Where it is cut off. */
  String cutting() {
    return "http://127.0.0.1:" + cutting + "/chat";
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

  private static boolean isOpen(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Debian keeps it where only root's path looks. */
  private static Optional<Path> program() {
    return Stream.concat(
            Stream.of(System.getenv().getOrDefault("PATH", "").split(":")),
            Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(directory -> Path.of(directory, "nginx"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
