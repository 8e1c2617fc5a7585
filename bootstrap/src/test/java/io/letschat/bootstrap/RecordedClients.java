package io.letschat.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Clients of npm in one process of Node, of the version and in the dialect that each is opened
 * with. What they do and hear is written into the record.
 */
final class RecordedClients implements AutoCloseable {
  private static final Path SCRIPT = Path.of("src", "test", "node-recorder", "clients.js");

  /** Lists of who is there come once a second at most: how many there are is a matter of time. */
  private static final List<String> COALESCED = List.of("online users", "roomStatsUpdate");

  private final Process process;
  private final Writer commands;
  private final SessionRecord record;
  private final Map<String, Hearing> heard = new LinkedHashMap<>();

  /**
   * @param kind what the script calls it: an event, an ack, a connection, its end
   * @param name of the event, or the kind again
   */
  private record Heard(String kind, String name, JsonNode arguments) {
    static Heard of(JsonNode line) {
      String kind = line.get("kind").asText();
      JsonNode arguments = line.get("args");
      String name =
          switch (kind) {
            case "event" -> arguments.get(0).asText();
            case "ack" -> "ack of " + arguments.get(0).asText();
            default -> kind;
          };
      return new Heard(kind, name, arguments);
    }

    boolean isList() {
      return COALESCED.contains(name);
    }

    List<String> people() {
      return arguments.get(1).findValuesAsText("username");
    }
  }

  private static final class Hearing {
    final List<Heard> all = new ArrayList<>();
    int recorded;
  }

  private RecordedClients(Process process, SessionRecord record) {
    this.process = process;
    this.commands = process.outputWriter(UTF_8);
    this.record = record;
    Thread.ofVirtual().name("recorded clients").start(this::read);
  }

  static RecordedClients start(Path folder, SessionRecord record) throws Exception {
    Path home = NodePackages.installed(folder, NodePackages.CLIENTS, List.of(SCRIPT));
    return new RecordedClients(
        new ProcessBuilder("node", "clients.js")
            .directory(home.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start(),
        record);
  }

  /**
   * @param dialect {@code standard} or {@code legacy}
   * @param transport {@code websocket} or {@code polling}
   * @param token empty for none
   */
  void opens(String client, String dialect, String transport, String address, String token)
      throws IOException {
    synchronized (heard) {
      heard.put(client, new Hearing());
    }
    var command = new LinkedHashMap<String, Object>();
    command.put("dialect", dialect);
    command.put("transport", transport);
    command.put("address", address);
    if (!token.isEmpty()) {
      command.put("token", token);
    }
    does("open", client, command);
    record.line(client + " connects", Visitor.JSON.valueToTree(command));
  }

  void emits(String client, String event, Object... arguments) throws IOException {
    does("emit", client, Map.of("event", event, "args", arguments));
    record.line(client + " emits " + event, Visitor.JSON.valueToTree(arguments));
  }

  /** With an acknowledgement, which is heard as {@code ack of …}. */
  void asks(String client, String event, Object... arguments) throws IOException {
    does("ask", client, Map.of("event", event, "args", arguments));
    record.line(client + " asks " + event, Visitor.JSON.valueToTree(arguments));
  }

  /** The connection of a WebSocket is lost. */
  void loses(String client) throws IOException {
    does("cut", client, Map.of());
    record.line(client + " loses its connection");
  }

  void returns(String client, String address) throws IOException {
    does("return", client, Map.of("address", address));
    record.line(client + " connects again to " + address);
  }

  void leaves(String client) throws IOException {
    does("leave", client, Map.of());
    record.line(client + " disconnects");
  }

  private void does(String what, String client, Map<String, ?> details) throws IOException {
    var command = new LinkedHashMap<String, Object>(details);
    command.put("do", what);
    command.put("client", client);
    commands.write(Visitor.JSON.writeValueAsString(command) + "\n");
    commands.flush();
  }

  /**
   * Waits until the client has heard these, and records what it has heard by then: events of one
   * name in their order, which is all the order that is promised.
   *
   * @param names of events; {@code ack of …}; {@code connect}, {@code disconnect}, {@code
   *     connect_error}, {@code error}
   */
  void hears(String client, String... names) {
    AwaitInProgram.until(
        () -> {
          List<String> missing = new ArrayList<>(List.of(names));
          fresh(client).forEach(one -> missing.remove(one.name));
          return missing.isEmpty();
        },
        () -> client + " does not hear " + List.of(names) + ", but " + fresh(client));
    records(client);
  }

  /** Waits until the last list is of just these people in this order, and records it. */
  void isTold(String client, String... people) {
    List<Heard> told = new ArrayList<>();
    AwaitInProgram.until(
        () -> {
          Optional<Heard> last = lastList(client);
          last.filter(list -> list.people().equals(List.of(people))).ifPresent(told::add);
          return !told.isEmpty();
        },
        () -> client + " is not told of " + List.of(people) + ", but " + lastList(client));
    record.line("  " + client + " hears event", told.getFirst().arguments);
  }

  /** Records what was heard and not waited for: in a session that is as it was, nothing. */
  void recordsTheRest() {
    List.copyOf(heard.keySet()).forEach(this::records);
  }

  private void records(String client) {
    List<Heard> fresh = fresh(client);
    hearing(client).recorded += fresh.size();
    fresh.stream()
        .filter(one -> !one.isList())
        .sorted(comparing(Heard::kind).thenComparing(Heard::name))
        .forEach(one -> record.line("  " + client + " hears " + one.kind, one.arguments));
  }

  private Optional<Heard> lastList(String client) {
    synchronized (heard) {
      return hearing(client).all.stream().filter(Heard::isList).reduce((before, after) -> after);
    }
  }

  private Hearing hearing(String client) {
    return Objects.requireNonNull(heard.get(client), client);
  }

  private List<Heard> fresh(String client) {
    synchronized (heard) {
      Hearing hearing = hearing(client);
      return List.copyOf(hearing.all.subList(hearing.recorded, hearing.all.size()));
    }
  }

  private void read() {
    try (BufferedReader output = process.inputReader(UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        JsonNode parsed = Visitor.JSON.readTree(line);
        synchronized (heard) {
          hearing(parsed.get("client").asText()).all.add(Heard.of(parsed));
        }
      }
    } catch (IOException ended) {
      // Whoever waits for a line will say so.
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
