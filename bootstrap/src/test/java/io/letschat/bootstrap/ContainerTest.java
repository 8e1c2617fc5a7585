package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What can be tried of the Dockerfile without a Docker engine. */
class ContainerTest {
  private static final Path DOCKERFILE = Path.of("..", "Dockerfile");
  private static final Pattern HEALTH =
      Pattern.compile("HEALTHCHECK .* CMD \\[\"bash\", \"-c\",\\s+\"(.*)\"]");

  @Test
  void the_health_check_is_content_with_a_ready_server_and_with_no_other() throws Exception {
    assertThat(health(200)).isZero();
    assertThat(health(503)).isNotZero();
    assertThat(check(freePort())).isNotZero();
  }

  @Test
  void what_the_image_takes_from_the_sources_is_there() throws IOException {
    String dockerfile = dockerfile();
    List<String> copied =
        Pattern.compile("cp bootstrap/target/letschat.jar (\\S+) (\\S+) /out/")
            .matcher(dockerfile)
            .results()
            .flatMap(match -> List.of(match.group(1), match.group(2)).stream())
            .toList();
    assertThat(copied).containsExactly("letschat", ".mvn/find-jdk");
    assertThat(copied).allSatisfy(file -> assertThat(Path.of("..", file)).isExecutable());
    assertThat(dockerfile).contains("USER letschat").contains("NODE_ENV=production");
    assertThat(Path.of("..", ".dockerignore")).content().contains(".env\n").contains("**/target");
  }

  private static int health(int status) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/readyz",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    try {
      return check(server.getAddress().getPort());
    } finally {
      server.stop(0);
    }
  }

  private static int check(int port) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", command());
    builder.environment().put("PORT", Integer.toString(port));
    Process process = builder.redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /** The shell command, as Docker reads it from the JSON. */
  private static String command() throws IOException {
    MatchResult health = HEALTH.matcher(dockerfile()).results().findFirst().orElseThrow();
    return health.group(1).replace("\\\"", "\"").replace("\\\\", "\\");
  }

  private static String dockerfile() throws IOException {
    return Files.readString(DOCKERFILE).replace("\\\n", " ");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
