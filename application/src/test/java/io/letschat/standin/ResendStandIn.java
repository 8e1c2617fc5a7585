package io.letschat.standin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A service that speaks as much of Resend's API as is needed to mail something, on a free port. It
 * refuses what Resend would refuse, and fails as it is told to.
 */
public final class ResendStandIn implements AutoCloseable {
  public static final String KEY = "re_test_3f9c1a7be2";

  /** What came in, in order; also what was refused. */
  public record Request(
      String authorization, String idempotencyKey, String userAgent, String body) {}

  /** How one request is answered. */
  public sealed interface Answer {}

  /** By the rules. */
  public record Properly() implements Answer {}

  /** Whatever was asked. */
  public record With(int status, String body) implements Answer {}

  /** By the rules, but the answer gets lost. */
  public record Unheard() implements Answer {}

  /** Not at all, until the stand-in is closed. */
  public record Never() implements Answer {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final Map<String, String> mails = new LinkedHashMap<>();
  private volatile Answer usual = new Properly();

  public ResendStandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** How the next requests are answered, one each; then again as usual. */
  public void next(Answer... some) {
    answers.addAll(List.of(some));
  }

  /** How requests are answered from now on. */
  public void usually(Answer answer) {
    usual = answer;
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** The bodies of the mails that went out, each once, in order. */
  public List<String> mails() {
    synchronized (mails) {
      return List.copyOf(mails.values());
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var request =
          new Request(
              header(exchange, "Authorization"),
              header(exchange, "Idempotency-Key"),
              header(exchange, "User-Agent"),
              body);
      requests.add(request);
      Answer next = answers.poll();
      switch (next == null ? usual : next) {
        case Properly() -> answer(exchange, properly(exchange, request));
        case With with -> answer(exchange, with);
        case Unheard() -> properly(exchange, request);
        case Never() -> closed.await(60, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private With properly(HttpExchange exchange, Request request) {
    if (!exchange.getRequestURI().toString().equals("/emails")) {
      return refused(404, "not_found");
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      return refused(405, "method_not_allowed");
    }
    if (!request.authorization.equals("Bearer " + KEY)) {
      return refused(403, "invalid_api_key");
    }
    if (!header(exchange, "Content-Type").startsWith("application/json")
        || !request.body.startsWith("{")) {
      return refused(422, "validation_error");
    }
    if (request.idempotencyKey.isEmpty() || request.idempotencyKey.length() > 256) {
      return refused(400, "invalid_idempotency_key");
    }
    synchronized (mails) {
      String before = mails.putIfAbsent(request.idempotencyKey, request.body);
      if (before != null && !before.equals(request.body)) {
        return refused(409, "invalid_idempotent_request");
      }
    }
    return new With(200, "{\"id\":\"" + request.idempotencyKey + "\"}");
  }

  private static With refused(int status, String name) {
    return new With(
        status,
        "{\"statusCode\":" + status + ",\"name\":\"" + name + "\",\"message\":\"Refused.\"}");
  }

  private static void answer(HttpExchange exchange, With answer) throws IOException {
    byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.close();
  }
}
