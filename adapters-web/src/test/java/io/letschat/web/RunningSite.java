package io.letschat.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.inject.Guice;
import io.letschat.application.Addresses;
import io.letschat.application.account.session.SessionCookies;
import io.letschat.application.message.BasePathMessageLog;
import io.letschat.application.sentence.Sentences;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.limit.Rate;
import io.letschat.testkit.Chat;
import io.letschat.web.health.Stopping;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** The pages' server on a free port over a chat in memory, and somebody who asks it. */
public final class RunningSite implements AutoCloseable {
  public static final String SECRET = "the secret of this start";
  static final String FRIEND = "https://friend.example";

  /** Where shared images are, beside the site itself. */
  static final String IMAGES = "https://images.example";

  static final SessionCookies COOKIES = SessionCookies.of("the secret of this installation");

  static final String METRICS_TOKEN = "whoever-knows-this-may-read";

  public final Chat chat;
  final Addresses addresses;
  final Sentences sentences;
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  /** Whether the database can be reached. */
  volatile BooleanSupplier database = () -> true;

  final Stopping stopping = new Stopping();

  /** What comes of asking who belongs to a room. */
  volatile Optional<RuntimeException> broken = Optional.empty();

  /** Where uploads lie while they are worked on. */
  final Path temporary;

  private final WebServer server;
  private final InetSocketAddress address;
  private final HttpClient client = HttpClient.newHttpClient();

  /** Without limits. */
  public RunningSite() {
    this(Map.of());
  }

  public RunningSite(Map<Limit, Rate> limits) {
    this(limits, Addresses.AT_THE_ROOT, Sentences.english());
  }

  /** Without limits, and known under these addresses. */
  RunningSite(Addresses addresses) {
    this(Map.of(), addresses, Sentences.english());
  }

  /** With what is said to people in this language. */
  RunningSite(Map<Limit, Rate> limits, Sentences sentences) {
    this(limits, Addresses.AT_THE_ROOT, sentences);
  }

  private RunningSite(Map<Limit, Rate> limits, Addresses addresses, Sentences sentences) {
    this.sentences = sentences;
    this.addresses = addresses;
    chat = new Chat(limits, log -> BasePathMessageLog.over(log, addresses));
    temporary = temporaryFolder();
    server =
        Guice.createInjector(new WebModule(), new InMemoryModule(this))
            .getInstance(WebServer.class);
    address = server.start();
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }

  private static Path temporaryFolder() {
    try {
      Path folder = Files.createTempDirectory("letschat-site");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops the server alone; requests may be under way. */
  void stopServing() {
    server.close();
  }

  List<String> routes() {
    return server.routes();
  }

  public InetSocketAddress address() {
    return address;
  }

  /** Headers come in pairs of name and value. */
  public Answer get(String path, String... headers) {
    return send(request(path, headers).GET().build());
  }

  public Answer ask(String method, String path, String... headers) {
    return send(request(path, headers).method(method, BodyPublishers.noBody()).build());
  }

  public Answer json(String path, String body, String... headers) {
    return post(path, "application/json", body, headers);
  }

  public Answer form(String path, Map<String, String> fields, String... headers) {
    String body =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return post(path, "application/x-www-form-urlencoded", body, headers);
  }

  public Answer post(String path, String type, String body, String... headers) {
    return send(
        request(path, headers)
            .header("Content-Type", type)
            // Who is refused while still sending may lose the answer with the connection; behind
            // the
            // front nobody is.
            .expectContinue(body.length() > 64 * 1024)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  HttpRequest.Builder request(String path, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + path))
            .timeout(Duration.ofSeconds(20))
            .header("X-LetsChat-Front", SECRET)
            .header("X-LetsChat-Client", "192.0.2.7");
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return request;
  }

  public Answer send(HttpRequest request) {
    try {
      return new Answer(client.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Signs somebody up and returns the token. */
  public String signedUp(String name) {
    Answer answer =
        json(
            "/api/auth/register",
            """
            {"email": "%s@example.org", "password": "a long password", "username": "%s"}
            """
                .formatted(name, name));
    return answer.json().get("token").asText();
  }

  /** The header of somebody with this token. */
  public static String[] by(String token) {
    return new String[] {"Authorization", "Bearer " + token};
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** What came back. */
  public record Answer(HttpResponse<String> response) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public int status() {
      return response.statusCode();
    }

    public String body() {
      return response.body();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    public JsonNode json() {
      try {
        return JSON.readTree(body());
      } catch (IOException e) {
        throw new UncheckedIOException(body(), e);
      }
    }

    String code() {
      return json().path("code").asText();
    }

    /** The cookie as a header of the next request. */
    String cookie() {
      return header("Set-Cookie").split(";", 2)[0];
    }
  }
}
