package io.letschat.bootstrap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A Socket.IO client down to the packets: what it says of an earlier connection is up to the test.
 */
final class RawSocket implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final WebSocket webSocket;
  private final CompletableFuture<JsonNode> connected = new CompletableFuture<>();
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final Map<Integer, CompletableFuture<JsonNode>> acks = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();

  /** As socket.io-client keeps it, which does not forget it with a new pid. */
  private volatile Optional<String> offset;

  private RawSocket(String address, Optional<String> offset, String... headers) {
    this.offset = offset;
    WebSocket.Builder handshake = HTTP.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      handshake.header(headers[i], headers[i + 1]);
    }
    webSocket =
        handshake
            .buildAsync(
                URI.create(
                    address.replace("http:", "ws:") + "/socket.io/?transport=websocket&EIO=4"),
                new Listener())
            .join();
  }

  /** A first connection. */
  static RawSocket connect(Visitor visitor) {
    return connect(visitor, Optional.empty(), Optional.empty());
  }

  /** One after another, as the client would make it. */
  static RawSocket again(Visitor visitor, RawSocket earlier) {
    return connect(visitor, Optional.of(earlier.pid()), earlier.offset);
  }

  static RawSocket connect(Visitor visitor, Optional<String> pid, Optional<String> offset) {
    return connect(visitor, pid, offset, "Mozilla/5.0");
  }

  /**
   * @param program what it calls itself
   */
  static RawSocket connect(
      Visitor visitor, Optional<String> pid, Optional<String> offset, String program) {
    var socket = new RawSocket(visitor.address(), offset, "User-Agent", program);
    ObjectNode auth = JsonNodeFactory.instance.objectNode().put("token", visitor.token());
    pid.ifPresent(secret -> auth.put("pid", secret));
    pid.flatMap(secret -> offset).ifPresent(last -> auth.put("offset", last));
    socket.send("40" + auth);
    return socket;
  }

  /** By cookies alone, as a page does. */
  static RawSocket byCookies(String address, String cookies) {
    var socket = new RawSocket(address, Optional.empty(), "Cookie", cookies);
    socket.send("40");
    return socket;
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        String packet = text.toString();
        text.setLength(0);
        received(packet);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      ended.complete("closed");
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      ended.complete("broken");
    }
  }

  /** Once the connection is cut, nothing is received any more. */
  private void received(String packet) {
    synchronized (events) {
      if (!ended.isDone()) {
        handle(packet);
      }
    }
  }

  private void handle(String packet) {
    if (packet.equals("2")) {
      send("3");
    } else if (packet.startsWith("40")) {
      connected.complete(json(packet.substring(2)));
    } else if (packet.startsWith("44")) {
      connected.completeExceptionally(new IllegalStateException(packet));
    } else if (packet.equals("41")) {
      ended.complete("disconnected");
    } else if (packet.startsWith("42")) {
      JsonNode event = json(packet.substring(2));
      events.add(event);
      if (event.path(event.size() - 1).isTextual()) {
        offset = Optional.of(event.path(event.size() - 1).textValue());
      }
    } else if (packet.startsWith("43")) {
      int start = packet.indexOf('[');
      Optional.ofNullable(acks.remove(Integer.parseInt(packet.substring(2, start))))
          .orElseThrow()
          .complete(json(packet.substring(start)).get(0));
    }
  }

  /** What CONNECT was answered with. */
  JsonNode answer() {
    return get(connected);
  }

  boolean isAnswered() {
    return connected.isDone();
  }

  String pid() {
    return answer().get("pid").textValue();
  }

  String sid() {
    return answer().get("sid").textValue();
  }

  Optional<String> offset() {
    return offset;
  }

  boolean isRecovered(RawSocket earlier) {
    return pid().equals(earlier.pid());
  }

  JsonNode ask(String event, Object payload) {
    return get(asking(event, payload));
  }

  CompletableFuture<JsonNode> asking(String event, Object payload) {
    int id = ids.incrementAndGet();
    var ack = new CompletableFuture<JsonNode>();
    acks.put(id, ack);
    send("42" + id + Visitor.JSON.valueToTree(List.of(event, payload)));
    return ack;
  }

  /** Waits for the ack and for the offset that follows it. */
  JsonNode joins(long room) {
    int before = heard("position").size();
    JsonNode ack = ask("join room", Map.of("room_id", room));
    if (!ack.path("ok").asBoolean()) {
      throw new AssertionError(ack.toString());
    }
    awaits("position", before + 1);
    return ack;
  }

  /** The arguments of each event of that name. */
  List<JsonNode> heard(String name) {
    return events.stream().filter(event -> event.path(0).asText().equals(name)).toList();
  }

  List<Long> seqs() {
    return heard("new message").stream().map(event -> event.at("/1/seq").asLong()).toList();
  }

  void awaits(String name, int count) {
    AwaitInProgram.until(
        () -> heard(name).size() >= count,
        () -> count + " of '" + name + "' expected, heard " + events);
  }

  /** {@code closed}, {@code broken}, or {@code disconnected} by the server. */
  String awaitsEnd() {
    return get(ended);
  }

  /** Whether either side, or the test, has ended it. */
  boolean isOver() {
    return ended.isDone();
  }

  /** As {@code socket.disconnect()}. */
  void disconnects() {
    send("41");
  }

  /** The connection is lost. */
  void cut() {
    synchronized (events) {
      ended.complete("cut");
    }
    webSocket.abort();
  }

  private synchronized void send(String packet) {
    webSocket.sendText(packet, true).join();
  }

  @Override
  public void close() {
    cut();
  }

  private static JsonNode json(String text) {
    try {
      return Visitor.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e.getCause() == null ? "no answer" : e.getCause().getMessage(), e);
    }
  }
}
