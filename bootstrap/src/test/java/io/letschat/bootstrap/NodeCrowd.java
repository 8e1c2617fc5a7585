package io.letschat.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Many clients of npm's socket.io-client 4.8 in one process of Node. Skips the test where there is
 * no Node, unless {@code LETSCHAT_REQUIRE_BROWSER} is set.
 */
final class NodeCrowd implements AutoCloseable {
  private static final Path SCRIPT = Path.of("src", "test", "node-crowd", "crowd.js");

  private final Process process;
  private final BufferedReader answers;
  private final Writer commands;

  private NodeCrowd(Process process) {
    this.process = process;
    this.answers = process.inputReader(UTF_8);
    this.commands = process.outputWriter(UTF_8);
  }

  /**
   * @param address of the chat that all of them connect to
   */
  static NodeCrowd start(Path folder, String address) throws Exception {
    Path home = NodePackages.installed(folder, NodePackages.CLIENTS, List.of(SCRIPT));
    return new NodeCrowd(
        new ProcessBuilder("node", "crowd.js", address)
            .directory(home.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** One client for each of them joins the room; returns when all have. */
  void come(long room, List<Visitor> people, String transports) throws IOException {
    does(
        Map.of(
            "do",
            "come",
            "room",
            room,
            "people",
            people.stream()
                .map(person ->
                    Map.of(
                        "name",
                        person.name() + "-" + transports,
                        "token",
                        person.token(),
                        "transports",
                        transports))
                .toList()));
  }

  /**
   * So many of them, of every kind, begin to send, each its next message about so many ms after the
   * ack of the last one.
   */
  void talk(int senders, int everyMillis) throws IOException {
    does(Map.of("do", "talk", "senders", senders, "every", everyMillis));
  }

  /** Returns when the last message is acked. */
  void hush() throws IOException {
    does(Map.of("do", "hush"));
  }

  /**
   * What one of them has seen.
   *
   * @param transports what it may use: {@code polling}, {@code websocket} or {@code both}
   * @param transport what it is connected by, or {@code none}
   * @param heard the numbers of the messages, as they came
   * @param ids the messages' client message ids and numbers
   * @param acked the client message ids of its own
   * @param visits where it was connected, the last one last
   * @param ends why its connections ended
   * @param errors what it was refused, and what it failed to connect by
   */
  record Member(
      String name,
      String transports,
      String transport,
      List<Long> heard,
      Map<String, Long> ids,
      List<String> acked,
      List<Visit> visits,
      List<End> ends,
      List<String> errors) {
    Visit lastVisit() {
      return visits.getLast();
    }
  }

  /**
   * @param at milliseconds since 1970
   * @param recovered whether it came back to its rooms without joining
   */
  record Visit(long at, String node, boolean recovered) {}

  /**
   * @param at milliseconds since 1970
   */
  record End(long at, String reason) {}

  List<Member> report() throws IOException {
    return Visitor.JSON.convertValue(does(Map.of("do", "report")), new TypeReference<>() {});
  }

  private JsonNode does(Map<String, ?> command) throws IOException {
    commands.write(Visitor.JSON.writeValueAsString(command) + "\n");
    commands.flush();
    String line = answers.readLine();
    if (line == null) {
      throw new AssertionError("the crowd has ended");
    }
    return Visitor.JSON.readTree(line);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
