package io.letschat.messaging.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** As much of a Socket.IO client as it takes to talk to the chat over a WebSocket. */
final class ChatClient implements AutoCloseable, WebSocket.Listener {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_MS = 10_000;

  private record Event(String name, List<JsonNode> arguments) {}

  private final String token;
  private final StringBuilder partial = new StringBuilder();
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final Map<Integer, CompletableFuture<JsonNode>> acks = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final CompletableFuture<String> connected = new CompletableFuture<>();
  private final WebSocket socket;

  ChatClient(int port, String token) throws Exception {
    this.token = token;
    URI address = URI.create("ws://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket");
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(address, this)
            .get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    assertThat(connected.get(PATIENCE_MS, TimeUnit.MILLISECONDS)).startsWith("40");
  }

  @Override
  public synchronized CompletionStage<?> onText(
      WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      String packet = partial.toString();
      partial.setLength(0);
      received(webSocket, packet);
    }
    webSocket.request(1);
    return CompletableFuture.completedFuture(null);
  }

  private void received(WebSocket webSocket, String packet) {
    if (packet.startsWith("0")) {
      webSocket.sendText("40" + write(Map.of("token", token)), true);
    } else if (packet.equals("2")) {
      webSocket.sendText("3", true);
    } else if (packet.startsWith("40") || packet.startsWith("44")) {
      connected.complete(packet);
    } else if (packet.startsWith("42")) {
      JsonNode said = read(packet.substring(packet.indexOf('[')));
      List<JsonNode> arguments = new ArrayList<>();
      said.forEach(arguments::add);
      events.add(new Event(arguments.removeFirst().asText(), arguments));
    } else if (packet.startsWith("43")) {
      int list = packet.indexOf('[');
      CompletableFuture<JsonNode> ack = acks.remove(Integer.parseInt(packet.substring(2, list)));
      if (ack != null) {
        ack.complete(read(packet.substring(list)).get(0));
      }
    }
  }

  /** Sends an event and waits for its acknowledgement. */
  JsonNode asks(String event, Object payload) throws Exception {
    int id = asked.incrementAndGet();
    var ack = new CompletableFuture<JsonNode>();
    acks.put(id, ack);
    send("42" + id + write(List.of(event, payload)));
    return ack.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
  }

  /** Sends an event that nobody acknowledges. */
  void tells(String event, Object payload) throws Exception {
    send("42" + write(List.of(event, payload)));
  }

  private void send(String packet) throws Exception {
    socket.sendText(packet, true).get(PATIENCE_MS, TimeUnit.MILLISECONDS);
  }

  /** The first arguments of all events of that name, in order. */
  List<JsonNode> heard(String name) {
    return events.stream()
        .filter(event -> event.name.equals(name))
        .map(event -> event.arguments.getFirst())
        .toList();
  }

  /** The first argument of the first event of that name, once it has come. */
  JsonNode awaits(String name) throws InterruptedException {
    return awaits(name, () -> {});
  }

  /** The event of this name that comes as the given one, counted from 1. */
  JsonNode awaits(String name, int number) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    while (heard(name).size() < number) {
      assertThat(System.nanoTime()).as("%s is not heard, but %s", name, events).isLessThan(end);
      Thread.sleep(10);
    }
    return heard(name).get(number - 1);
  }

  /**
   * @param meanwhile is done again and again until it has come
   */
  JsonNode awaits(String name, Runnable meanwhile) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    while (heard(name).isEmpty()) {
      assertThat(System.nanoTime()).as("%s is not heard, but %s", name, events).isLessThan(end);
      meanwhile.run();
      Thread.sleep(10);
    }
    return heard(name).getFirst();
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    socket.abort();
  }
}
