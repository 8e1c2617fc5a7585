package io.letschat.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A Socket.IO server of Node's with its Redis adapter. Skips the test where there is no Node,
 * unless {@code LETSCHAT_REQUIRE_BROWSER} is set.
 */
final class NodeServer implements AutoCloseable {
  private static final Path SOURCE = Path.of("src", "test", "node-server");

  private final Process process;
  private final BufferedReader answers;
  private final Writer commands;
  private final String address;

  private NodeServer(Process process) throws IOException {
    this.process = process;
    this.answers = process.inputReader(UTF_8);
    this.commands = process.outputWriter(UTF_8);
    this.address = answer().get("address").asText();
  }

  static NodeServer start(Path folder, String redis) throws Exception {
    boolean there =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "npm")));
    if (!there && System.getenv("LETSCHAT_REQUIRE_BROWSER") != null) {
      throw new AssertionError("Node is required");
    }
    Assumptions.assumeTrue(there, "there is no Node on this machine");
    Path home = Files.createDirectory(folder.resolve("node-server"));
    for (String file : List.of("package.json", "package-lock.json", ".npmrc", "server.js")) {
      Files.copy(SOURCE.resolve(file), home.resolve(file));
    }
    Process fetching =
        new ProcessBuilder("npm", "ci", "--ignore-scripts", "--loglevel=error")
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("npm.log").toFile())
            .start();
    if (!fetching.waitFor(180, TimeUnit.SECONDS) || fetching.exitValue() != 0) {
      fetching.destroyForcibly();
      throw new AssertionError(Files.readString(home.resolve("npm.log")));
    }
    return new NodeServer(
        new ProcessBuilder("node", "server.js", redis)
            .directory(home.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  String address() {
    return address;
  }

  JsonNode does(Map<String, ?> command) throws IOException {
    commands.write(Visitor.JSON.writeValueAsString(command) + "\n");
    commands.flush();
    return answer();
  }

  private JsonNode answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new AssertionError("the Node server has ended");
    }
    return Visitor.JSON.readTree(line);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
