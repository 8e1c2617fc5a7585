package io.letschat.bootstrap.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.bootstrap.AwaitInProgram;
import io.letschat.bootstrap.NodePackages;
import io.letschat.bootstrap.Visitor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Many unmodified clients of socket.io-client in one process of Node. */
final class ReturningCrowd implements ReturningClients {
  private static final Path SCRIPT = Path.of("src", "test", "node-crowd", "returning.js");

  private final Process process;
  private final BufferedReader answers;
  private final Writer commands;

  private ReturningCrowd(Process process) {
    this.process = process;
    this.answers = process.inputReader(UTF_8);
    this.commands = process.outputWriter(UTF_8);
  }

  /** A folder with all versions of the client. */
  static Path installed(Path folder) throws Exception {
    return NodePackages.installed(folder, NodePackages.CLIENTS, List.of(SCRIPT));
  }

  /**
   * @param home as {@link #installed} made it
   * @param address of the server that all of them connect to
   */
  static ReturningCrowd start(Path home, String address) throws IOException {
    return new ReturningCrowd(
        new ProcessBuilder("node", "--max-old-space-size=4096", "returning.js", address)
            .directory(home.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /**
   * How they are now.
   *
   * @param stranded those of 4.x that say themselves that they will never try again
   * @param errors what servers said when they did not let somebody in
   * @param connects how often any of them was connected
   */
  record State(int clients, int connected, int stranded, List<String> errors, long connects) {}

  /** One client for each token; returns when all are connected. */
  State come(String version, String transports, List<String> tokens) {
    return does(
        Map.of("do", "come", "version", version, "transports", transports, "tokens", tokens));
  }

  @Override
  public int size() {
    return state().clients;
  }

  @Override
  public int connected() {
    return state().connected;
  }

  @Override
  public void loseAll() {
    does(Map.of("do", "lose"));
  }

  @Override
  public List<String> toldFinally() {
    return state().errors;
  }

  State state() {
    return does(Map.of("do", "state"));
  }

  /** Returns when all are connected, each once more than before. */
  void awaitBack(State before, Duration atMost) {
    AwaitInProgram.until(
        atMost,
        () -> {
          State now = state();
          return now.connected == now.clients && now.connects >= before.connects + now.clients;
        },
        () -> "not all are back: " + state());
  }

  private State does(Map<String, ?> command) {
    try {
      commands.write(Visitor.JSON.writeValueAsString(command) + "\n");
      commands.flush();
      String line = answers.readLine();
      if (line == null) {
        throw new AssertionError("the crowd has ended");
      }
      JsonNode answer = Visitor.JSON.readTree(line);
      return Visitor.JSON.convertValue(answer, State.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
