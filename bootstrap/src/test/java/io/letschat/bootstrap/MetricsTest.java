package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.bootstrap.fixture.ChatProcess;
import io.letschat.bootstrap.fixture.TestSocket;
import io.letschat.bootstrap.fixture.Visitor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the running program tells of itself, and whom. */
class MetricsTest {
  private static final String TOKEN = "a-token-of-some-length";

  @TempDir private static Path folder;
  private static ChatProcess chat;

  @BeforeAll
  static void start() throws IOException {
    chat =
        ChatProcess.start(
            folder,
            Map.of("METRICS_TOKEN", TOKEN, "JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=classes"));
  }

  @AfterAll
  static void stop() {
    chat.close();
  }

  @Test
  void the_metrics_tell_what_happens_and_of_nobody_who_does_it() throws Exception {
    var ada = Visitor.signsUp(chat.address(), "adelheid");
    var bob = Visitor.signsUp(chat.address(), "bertram");
    long room = ada.enters("teeküche", "geheim");
    bob.enters("teeküche", "geheim");
    try (var adas = TestSocket.connect(ada);
        var bobs = TestSocket.connect(bob)) {
      adas.joins(room);
      bobs.joins(room);
      adas.says(room, "guten tag");
      adas.says(room, "was macht der tee");
      bobs.awaits("new message", 2);
      adas.asking("send message", Map.of("room_id", room, "content", "  ")).join();
      Visitor.send(chat.address(), "GET", "/socket.io/?EIO=4&transport=pigeon", "", Map.of());

      String metrics = read(chat, "/metrics").body();

      assertThat(sum(metrics, "letschat_connections\\{.*}")).isEqualTo(2);
      assertThat(metrics).contains("transport=\"websocket\"", "transport=\"polling\"");
      assertThat(value(metrics, "letschat_connection_addresses")).isEqualTo(1);
      assertThat(value(metrics, "letschat_rooms")).isEqualTo(1);
      assertThat(value(metrics, "letschat_append_batch_sum")).isEqualTo(2);
      assertThat(value(metrics, "letschat_append_seconds_count")).isBetween(1.0, 2.0);
      assertThat(value(metrics, "letschat_append_wait_seconds_count")).isBetween(1.0, 2.0);
      assertThat(value(metrics, "letschat_append_lost_total")).isZero();
      assertThat(value(metrics, "letschat_messages_delivered_total")).isEqualTo(4);
      assertThat(
              value(metrics, "letschat_refused_total{reason=\"invalid_content\",where=\"event\"}"))
          .isEqualTo(1);
      assertThat(
              value(
                  metrics, "letschat_refused_total{reason=\"unknown_transport\",where=\"socket\"}"))
          .isEqualTo(1);
      assertThat(
              value(
                  metrics,
                  "http_server_requests_seconds_count"
                      + "{method=\"POST\",route=\"/join\",status=\"200\"}"))
          .isEqualTo(2);
      assertThat(value(metrics, "hikaricp_connections_max{pool=\"letschat-append\"}")).isPositive();
      assertThat(metrics).contains("jvm_memory_used_bytes", "process_uptime_seconds");
      assertThat(metrics)
          .doesNotContain("adelheid", "bertram", "teek", "geheim", "127.0.0.1", TOKEN, ada.token());
    }
  }

  @Test
  void without_a_dsn_nothing_of_sentry_is_even_loaded() throws IOException {
    assertThat(Files.readString(folder.resolve("classes")))
        .contains("io.letschat.bootstrap.lifecycle.LetsChatServer")
        .doesNotContain("io.sentry");
  }

  @Test
  void what_was_forwarded_needs_the_token() throws Exception {
    assertThat(read(chat, "/metrics").statusCode()).isEqualTo(200);
    for (String header : new String[] {"X-Forwarded-For", "Forwarded", "Via"}) {
      assertThat(read(chat, "/metrics", header, "for=127.0.0.1").statusCode())
          .as(header)
          .isEqualTo(404);
    }
    assertThat(
            read(chat, "/metrics", "X-Forwarded-For", "192.0.2.7", "X-LetsChat-Direct", "true")
                .statusCode())
        .isEqualTo(404);
    assertThat(
            read(
                    chat,
                    "/metrics",
                    "X-Forwarded-For",
                    "192.0.2.7",
                    "Authorization",
                    "Bearer " + TOKEN)
                .statusCode())
        .isEqualTo(200);
  }

  private static HttpResponse<String> read(ChatProcess chat, String path, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(chat.address() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static double value(String metrics, String series) {
    return sum(metrics, Pattern.quote(series));
  }

  /** Of all series that match; it fails where there is none. */
  private static double sum(String metrics, String series) {
    var values =
        Pattern.compile("(?m)^" + series + " (\\S+)$")
            .matcher(metrics)
            .results()
            .mapToDouble(found -> Double.parseDouble(found.group(1)))
            .toArray();
    assertThat(values).as("%s in%n%s", series, metrics).isNotEmpty();
    return Arrays.stream(values).sum();
  }
}
