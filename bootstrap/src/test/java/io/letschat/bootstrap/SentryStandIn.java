package io.letschat.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** Receives what is reported to Sentry, on a port of its own. */
public final class SentryStandIn implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> envelopes = new CopyOnWriteArrayList<>();

  private SentryStandIn(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::receive);
    server.start();
  }

  public static SentryStandIn start() throws IOException {
    return new SentryStandIn(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  public String dsn() {
    return "http://publickey@127.0.0.1:" + server.getAddress().getPort() + "/42";
  }

  /** As they came: a line for the envelope, and two for each item in it. */
  public List<String> envelopes() {
    return List.copyOf(envelopes);
  }

  /** The events among the items. */
  public List<JsonNode> events() {
    List<JsonNode> events = new ArrayList<>();
    for (String envelope : envelopes) {
      String[] lines = envelope.split("\n");
      for (int i = 1; i + 1 < lines.length; i += 2) {
        if (json(lines[i]).path("type").asText().equals("event")) {
          events.add(json(lines[i + 1]));
        }
      }
    }
    return events;
  }

  private void receive(HttpExchange exchange) throws IOException {
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream body =
        zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
      if (exchange.getRequestURI().getPath().equals("/api/42/envelope/")) {
        envelopes.add(new String(body.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    exchange.sendResponseHeaders(200, 2);
    exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
    exchange.close();
  }

  private static JsonNode json(String line) {
    try {
      return Visitor.JSON.readTree(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
