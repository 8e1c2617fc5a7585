package io.letschat.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;

/** A socket of the official Java client that remembers what it heard, as JSON. */
public final class TestSocket implements AutoCloseable {
  private static final List<String> HEARD =
      List.of(
          "new message",
          "recent messages",
          "user joined",
          "user left",
          "user typing",
          "user stop typing",
          "online users",
          "chat error",
          "newMessage",
          "recentMessages",
          "roomStatsUpdate",
          "userJoined",
          "userLeft",
          "userTyping",
          "userStopTyping");

  private final Socket socket;
  private final Map<String, List<List<JsonNode>>> heard = new ConcurrentHashMap<>();
  private final List<String> disconnects = new CopyOnWriteArrayList<>();
  private final CompletableFuture<String> connected = new CompletableFuture<>();

  private TestSocket(String address, Map<String, String> auth, String transport) {
    this(address, auth, transport, Map.of());
  }

  private TestSocket(
      String address,
      Map<String, String> auth,
      String transport,
      Map<String, List<String>> headers) {
    URI server = URI.create(address);
    IO.Options options =
        IO.Options.builder()
            .setAuth(auth)
            .setForceNew(true)
            .setExtraHeaders(headers)
            .setTransports(transport.split(","))
            .setPath(server.getPath() + "/socket.io/")
            .setReconnectionDelay(50)
            .setReconnectionDelayMax(200)
            .build();
    // To the client a path in the address is the name of a namespace.
    socket = IO.socket(server.resolve("/"), options);
    for (String event : HEARD) {
      socket.on(
          event,
          arguments -> {
            List<Object> payload = new ArrayList<>(Arrays.asList(arguments));
            if (!payload.isEmpty() && payload.getLast() instanceof Ack ack) {
              payload.removeLast();
              ack.call("heard by " + socket.id());
            }
            heard
                .computeIfAbsent(event, name -> new CopyOnWriteArrayList<>())
                .add(payload.stream().map(TestSocket::json).toList());
          });
    }
    socket.on(Socket.EVENT_CONNECT, arguments -> connected.complete("connected"));
    socket.on(
        Socket.EVENT_CONNECT_ERROR,
        arguments ->
            connected.complete(
                arguments[0] instanceof JSONObject error
                    ? error.optString("message")
                    : String.valueOf(arguments[0])));
    socket.on(Socket.EVENT_DISCONNECT, arguments -> disconnects.add(String.valueOf(arguments[0])));
    socket.connect();
  }

  public static TestSocket connect(Visitor visitor) {
    var socket = new TestSocket(visitor.address(), Map.of("token", visitor.token()), "websocket");
    String outcome = socket.outcome();
    if (!outcome.equals("connected")) {
      throw new AssertionError(outcome);
    }
    return socket;
  }

  /** Behind a proxy that says that the client has this address. */
  static TestSocket connectFrom(Visitor visitor, String address) {
    var socket =
        new TestSocket(
            visitor.address(),
            Map.of("token", visitor.token()),
            "websocket",
            Map.of("X-Forwarded-For", List.of(address)));
    if (!socket.outcome().equals("connected")) {
      throw new AssertionError(socket.outcome());
    }
    return socket;
  }

  static TestSocket tryToConnect(String address, String token, String transport) {
    return new TestSocket(address, Map.of("token", token), transport);
  }

  /** {@code connected}, or the message of the {@code connect_error}. */
  String outcome() {
    return get(connected);
  }

  /** Sends the event and waits for its ack. */
  JsonNode ask(String event, Object payload) {
    return get(asking(event, payload));
  }

  CompletableFuture<JsonNode> asking(String event, Object payload) {
    var answer = new CompletableFuture<JsonNode>();
    Ack ack = arguments -> answer.complete(json(arguments[0]));
    socket.emit(event, new Object[] {wire(payload)}, ack);
    return answer;
  }

  void tell(String event, Object... payload) {
    socket.emit(event, Arrays.stream(payload).map(TestSocket::wire).toArray());
  }

  public JsonNode joins(long room) {
    JsonNode answer = ask("join room", Map.of("room_id", room));
    if (!answer.path("ok").asBoolean()) {
      throw new AssertionError(answer.toString());
    }
    return answer;
  }

  public JsonNode says(long room, String text) {
    JsonNode answer = ask("send message", Map.of("room_id", room, "content", text));
    if (!answer.path("ok").asBoolean()) {
      throw new AssertionError(answer.toString());
    }
    return answer.get("message");
  }

  /** The arguments of every event of that name, oldest first. */
  List<List<JsonNode>> heard(String event) {
    return List.copyOf(heard.getOrDefault(event, List.of()));
  }

  List<JsonNode> messages() {
    return heard("new message").stream().map(List::getFirst).toList();
  }

  List<Long> seqs() {
    return messages().stream().map(message -> message.get("seq").asLong()).toList();
  }

  void awaits(String event, int count) {
    AwaitInProgram.until(
        () -> heard(event).size() >= count,
        () -> count + " of '" + event + "' expected, heard " + heard);
  }

  public List<String> disconnects() {
    return List.copyOf(disconnects);
  }

  String id() {
    return socket.id();
  }

  boolean isConnected() {
    return socket.connected();
  }

  @Override
  public void close() {
    socket.disconnect();
  }

  private static Object wire(Object payload) {
    return payload instanceof Map<?, ?> fields ? new JSONObject(fields) : payload;
  }

  private static JsonNode json(Object argument) {
    try {
      return argument instanceof String text
          ? Visitor.JSON.getNodeFactory().textNode(text)
          : Visitor.JSON.readTree(String.valueOf(argument));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("no answer", e);
    }
  }
}
