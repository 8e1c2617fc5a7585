package io.letschat.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;

/**
 * A Socket.IO server of Node's with its Redis adapter. See {@link NodePackages} for where it comes
 * from.
 */
final class NodeServer implements AutoCloseable {
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
    Path home = NodePackages.installed(folder);
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
