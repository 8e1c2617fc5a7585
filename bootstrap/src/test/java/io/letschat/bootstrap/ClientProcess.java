package io.letschat.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real client in a process of its own, in one room, and what has happened to it. */
final class ClientProcess implements AutoCloseable {
  private final Process process;
  private final List<JsonNode> lines = new CopyOnWriteArrayList<>();

  private ClientProcess(ProcessBuilder builder) throws IOException {
    process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Thread.ofVirtual().name("client process").start(this::read);
    AwaitInProgram.until(
        Duration.ofSeconds(60), () -> !all("joined").isEmpty(), () -> "no join: " + lines);
  }

  /**
   * socket.io-client.
   *
   * @param home as {@link NodePackages} made it
   */
  static ClientProcess node(Path home, String address, Visitor visitor, long room, String transport)
      throws IOException {
    return new ClientProcess(
        new ProcessBuilder(
                "node", "client.js", address, visitor.token(), Long.toString(room), transport)
            .directory(home.toFile()));
  }

  /**
   * python-socketio.
   *
   * @param kind {@code websocket}, {@code polling}, {@code upgrade}, or {@code asyncio}
   */
  static ClientProcess python(Path program, Visitor visitor, long room, String kind)
      throws IOException {
    return new ClientProcess(
        new ProcessBuilder(
            program.toString(),
            Path.of("src", "test", "python-client", "client.py").toString(),
            visitor.address(),
            visitor.token(),
            Long.toString(room),
            kind));
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
