package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.ChatProcess;
import io.letschat.bootstrap.fixture.SentryStandIn;
import io.letschat.bootstrap.fixture.TestSocket;
import io.letschat.bootstrap.fixture.Visitor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator reads in production, and what nobody ever reads there. */
class ProductionLogTest {
  private static final String JWT_SECRET = "a secret that signs, of some length, for this test";
  private static final String SESSION_SECRET =
      "a secret that hashes, of some length, for this test";

  @TempDir private static Path folder;
  private static SentryStandIn sentry;
  private static ChatProcess chat;

  @BeforeAll
  static void start() throws IOException {
    sentry = SentryStandIn.start();
    chat =
        ChatProcess.start(
            folder,
            Map.of(
                "NODE_ENV", "production",
                "HOST", "127.0.0.1",
                "JWT_SECRET", JWT_SECRET,
                "SESSION_SECRET", SESSION_SECRET,
                "TRUST_PROXY", "127.0.0.1",
                "LOG_SQL", "true",
                "LOG_LEVEL", "debug",
                "SENTRY_DSN", sentry.dsn()));
  }

  @AfterAll
  static void stop() {
    chat.close();
    sentry.close();
  }

  @Test
  void a_request_is_found_by_the_id_of_the_proxy_from_the_answer_to_the_last_statement()
      throws Exception {
    var answer = asked("/dashboard", "X-Request-Id", "proxy-4711", "Cookie", "session=nonsense");
    var recovery = recover("carla@example.org", "proxy-4712");

    assertThat(answer.headers().allValues("X-Request-Id")).containsExactly("proxy-4711");
    assertThat(recovery.headers().allValues("X-Request-Id")).containsExactly("proxy-4712");
    awaitLine("request_id", "proxy-4712");
    assertThat(lines("request_id", "proxy-4712"))
        .anySatisfy(line -> {
          assertThat(line.path("logger").asText()).endsWith("StatementLog");
          assertThat(line.path("message").asText()).matches("[0-9]+ µs: .*");
        });
    for (String malformed : List.of("a b", "\"quoted\"", "", "x".repeat(129))) {
      assertThat(asked("/login", "X-Request-Id", malformed).headers().allValues("X-Request-Id"))
          .as(malformed)
          .singleElement()
          .asString()
          .matches("[0-9a-f]{32}");
    }
  }

  @Test
  void what_a_socket_asks_for_is_found_by_its_id_and_the_room() throws Exception {
    var ada = Visitor.signsUp(chat.address(), "ada");
    long room = ada.enters("teeküche", "geheim-4711");
    try (var socket = TestSocket.connect(ada)) {
      socket.joins(room);
      socket.says(room, "der tee ist fertig");

      awaitLine("socket_id", socket.id());
      assertThat(lines("socket_id", socket.id()))
          .anySatisfy(line -> {
            assertThat(line.path("logger").asText()).endsWith("StatementLog");
            assertThat(line.path("room_id").asText()).isEqualTo("" + room);
            assertThat(line.has("request_id")).isFalse();
          });
    }
    assertThat(chat.log())
        .doesNotContain(
            "der tee ist fertig",
            "geheim-4711",
            "ada@example.org",
            "password of ada",
            ada.token(),
            JWT_SECRET,
            SESSION_SECRET,
            "publickey");
  }

  @Test
  void an_error_is_counted_and_reported_without_anything_of_the_people() throws Exception {
    var bea = Visitor.signsUp(chat.address(), "bea");
    long room = bea.enters("balkon", "geheim-4712");
    // A file in the place of the folder, which not even root can write into.
    Files.createFile(folder.resolve("data/uploads"));

    Visitor.Response refused = bea.uploads(room, "tagebuch.png", picture(), "1");

    assertThat(refused.status()).isGreaterThanOrEqualTo(500);
    AwaitInProgram.until(
        Duration.ofSeconds(60), () -> !sentry.events().isEmpty(), () -> chat.log());
    JsonNode event = sentry.events().getFirst();
    assertThat(event.path("level").asText()).isEqualTo("error");
    assertThat(event.at("/tags/room_id").asText()).isEqualTo("" + room);
    assertThat(event.at("/tags/request_id").asText()).matches("[0-9a-f]{32}");
    assertThat(event.at("/exception/values/0/stacktrace/frames").size()).isPositive();
    assertThat(event.path("release").asText()).startsWith("letschat@");
    assertThat(event.has("user") || event.has("request") || event.has("breadcrumbs")).isFalse();
    assertThat(sentry.envelopes())
        .noneSatisfy(envelope ->
            assertThat(envelope)
                .containsAnyOf(
                    "tagebuch",
                    "bea@example.org",
                    "password of bea",
                    "geheim-4712",
                    bea.token(),
                    JWT_SECRET,
                    SESSION_SECRET));
    awaitLine("request_id", event.at("/tags/request_id").asText());
    assertThat(lines("request_id", event.at("/tags/request_id").asText()))
        .anySatisfy(line -> {
          assertThat(line.path("level").asText()).isEqualTo("ERROR");
          assertThat(line.path("stack_trace").asText()).contains("\tat io.letschat.");
        });
    assertThat(asked("/metrics").body()).contains("letschat_errors_total{where=\"http\"} 1.0");
  }

  private static byte[] picture() throws IOException {
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", bytes);
    return bytes.toByteArray();
  }

  /** Every line is an object of its own. */
  private static List<JsonNode> lines(String field, String value) throws IOException {
    String log = chat.log();
    // The last one may be being written.
    return log.substring(0, log.lastIndexOf('\n') + 1)
        .lines()
        .map(ProductionLogTest::json)
        .filter(line -> line.path(field).asText().equals(value))
        .toList();
  }

  private static void awaitLine(String field, String value) {
    String part = "\"" + field + "\":\"" + value + "\"";
    AwaitInProgram.until(
        Duration.ofSeconds(60),
        () -> chat.log().contains(part),
        () -> part + " is not in\n" + chat.log());
  }

  private static JsonNode json(String line) {
    try {
      return Visitor.JSON.readTree(line);
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + line, e);
    }
  }

  private static HttpResponse<String> asked(String path, String... headers) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(chat.address() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  /** For an address that nobody has: the database is asked, and nothing is sent. */
  private static HttpResponse<String> recover(String mail, String id) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(chat.address() + "/api/auth/login"))
            .headers("X-Request-Id", id, "Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"email\":\"" + mail + "\",\"password\":\"password of carla\"}"))
            .build());
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
