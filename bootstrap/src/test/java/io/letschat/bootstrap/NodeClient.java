package io.letschat.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** socket.io-client in a process of its own, in one room, and what has happened to it. */
final class NodeClient implements AutoCloseable {
  private final Process process;
  private final List<JsonNode> lines = new CopyOnWriteArrayList<>();

  /**
   * @param home as {@link NodePackages} made it
   */
  NodeClient(Path home, String address, Visitor visitor, long room, String transport)
      throws IOException {
    process =
        new ProcessBuilder(
                "node", "client.js", address, visitor.token(), Long.toString(room), transport)
            .directory(home.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Thread.ofVirtual().name("node client").start(this::read);
    Await.until(() -> !all("joined").isEmpty(), () -> "it did not join: " + lines);
  }

  private void read() {
    try (BufferedReader output = process.inputReader(UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(Visitor.JSON.readTree(line));
      }
    } catch (IOException ended) {
      // Whoever waits for a line will say so.
    }
  }

  /** That field of the lines that have it, oldest first. */
  List<JsonNode> all(String field) {
    return lines.stream().filter(line -> line.has(field)).map(line -> line.get(field)).toList();
  }

  List<Long> seqs() {
    return all("seq").stream().map(JsonNode::asLong).toList();
  }

  @Override
  public String toString() {
    return lines.toString();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
