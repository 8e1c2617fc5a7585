package io.letschat.persistence.media.cloudinary;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Stands in for Cloudinary's API: checks the signature, keeps what is uploaded, and can misbehave.
 * See its "Generating authentication signatures".
 */
final class FakeCloudinary implements AutoCloseable {
  static final String SECRET = "the-secret-of-the-account";

  /** How it answers. */
  enum Mood {
    WELL,
    FAILING,
    RUBBISH,
    WRONG_ADDRESS,
    SILENT,
    KEEPS_AND_IS_SILENT,
    DRIPPING
  }

  private static final Set<String> UNSIGNED =
      Set.of("file", "cloud_name", "resource_type", "api_key", "signature");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, String> kept = new ConcurrentHashMap<>();
  volatile Mood mood = Mood.WELL;

  FakeCloudinary() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** By public id, what was sent. */
  Map<String, String> kept() {
    return Map.copyOf(kept);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
    Map<String, String> fields = fields(exchange, body);
    if (mood == Mood.SILENT) {
      waitForTheEnd();
      return;
    }
    if (mood == Mood.FAILING) {
      send(exchange, 500, "{\"error\":{\"message\":\"out of order\"}}");
    } else if (!signature(fields).equals(fields.get("signature"))) {
      send(exchange, 401, "{\"error\":{\"message\":\"Invalid Signature\"}}");
    } else if (path.endsWith("/destroy")) {
      boolean found = kept.remove(fields.get("public_id")) != null;
      send(exchange, 200, "{\"result\":\"" + (found ? "ok" : "not found") + "\"}");
    } else {
      kept.put(fields.getOrDefault("public_id", ""), fields.getOrDefault("file", ""));
      uploaded(exchange, path, fields);
    }
  }

  private void uploaded(HttpExchange exchange, String path, Map<String, String> fields)
      throws IOException {
    String url = "https://res.example" + path + "/" + fields.get("public_id");
    String eager =
        fields.containsKey("eager")
            ? ",\"eager\":[{\"secure_url\":\"" + url + "?" + fields.get("eager") + "\"}]"
            : "";
    switch (mood) {
      case RUBBISH -> send(exchange, 200, "<html>Welcome to the hotel's network</html>");
      case WRONG_ADDRESS -> send(exchange, 200, "{\"secure_url\":\"javascript:alert(1)\"}");
      case KEEPS_AND_IS_SILENT -> waitForTheEnd();
      case DRIPPING -> drip(exchange);
      default -> send(exchange, 200, "{\"secure_url\":\"" + url + "\"" + eager + "}");
    }
  }

  private void drip(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (var out = exchange.getResponseBody()) {
      while (!closed.await(50, java.util.concurrent.TimeUnit.MILLISECONDS)) {
        out.write(' ');
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void waitForTheEnd() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String signature(Map<String, String> fields) {
    String signed =
        new TreeMap<>(fields)
            .entrySet().stream()
                .filter(field -> !UNSIGNED.contains(field.getKey()))
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining("&"));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((signed + SECRET).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final Pattern NAME = Pattern.compile(" name=\"([^\"]+)\"");

  private static Map<String, String> fields(HttpExchange exchange, String body) {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    String boundary = type.replaceFirst(".*boundary=\"?([^\";]+)\"?.*", "$1");
    Map<String, String> fields = new LinkedHashMap<>();
    for (String part : body.split(Pattern.quote("--" + boundary))) {
      int end = part.indexOf("\r\n\r\n");
      var name = NAME.matcher(end < 0 ? "" : part.substring(0, end));
      if (name.find()) {
        fields.put(name.group(1), part.substring(end + 4, part.length() - 2));
      }
    }
    return fields;
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.close();
  }
}
