package io.letschat.socketio.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.letschat.netty.testing.NoLeaks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

/**
 * Every client, over every transport, with every feature. The table of all answers is printed and
 * kept in {@code target/client-matrix.txt}.
 */
@ExtendWith(NoLeaks.class)
class RealClientsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> NPM = List.of("4.8", "4.0", "3.1", "2.5");
  private static final Map<String, List<String>> TRANSPORTS = new LinkedHashMap<>();
  private static final List<String> FEATURES =
      List.of(
          "connect",
          "auth",
          "refused auth",
          "events",
          "acks",
          "binary",
          "binary in rooms",
          "200 KB",
          "unicode",
          "bursts",
          "two namespaces",
          "unknown namespace",
          "kick",
          "reconnect",
          "restart");

  static {
    TRANSPORTS.put("websocket", List.of("websocket"));
    TRANSPORTS.put("polling", List.of("polling"));
    TRANSPORTS.put("upgrade", List.of("polling", "websocket"));
  }

  private static final Map<String, Future<Map<String, String>>> rows = new LinkedHashMap<>();
  private static final ExecutorService some = Executors.newFixedThreadPool(3);
  private static final ExecutorService browser = Executors.newSingleThreadExecutor();
  private static Future<ClientChromium> chromium;

  @FunctionalInterface
  private interface Row {
    Map<String, String> tryAll(FeatureServer server, List<String> transports) throws Exception;
  }

  @BeforeAll
  static void start() throws Exception {
    chromium = browser.submit(ClientChromium::open);
    awaitEnd(chromium);
    for (String transport : TRANSPORTS.keySet()) {
      row(
          some,
          "Java 2.1",
          transport,
          (server, names) -> new JavaClient(server.url(), names).tryAll());
      for (String version : NPM) {
        row(
            some,
            "npm " + version,
            transport,
            (server, names) -> node(version, server.url(), names));
      }
      row(
          browser,
          "Chromium 4.8",
          transport,
          (server, names) -> chromium.get().tryAll(NodeClients.installed(), server, names));
    }
  }

  /**
   * Playwright unpacks a program and runs it. A process that is started by somebody else between
   * the two has the program open for writing for a moment, and then it cannot be run: "text file
   * busy", once in a while on a busy machine. So nobody else starts anything until it runs.
   */
  private static void awaitEnd(Future<ClientChromium> opening) throws InterruptedException {
    try {
      opening.get();
    } catch (ExecutionException failed) {
      // Each row of the browser says so.
    }
  }

  private static void row(ExecutorService executor, String client, String transport, Row row) {
    rows.put(
        client + " " + transport,
        executor.submit(() -> {
          List<String> transports = TRANSPORTS.get(transport);
          try (FeatureServer server = new FeatureServer(transports.size() > 1)) {
            Map<String, String> answers = row.tryAll(server, transports);
            server.awaitGoodbyes(client + " " + transport);
            return answers;
          }
        }));
  }

  private static Map<String, String> node(String version, String url, List<String> transports)
      throws Exception {
    NodeClients.installed();
    Map<String, String> answers = new LinkedHashMap<>();
    for (String line :
        NodeClients.run(240, "node", "node.js", version, String.join(",", transports), url)) {
      JsonNode answer = JSON.readTree(line);
      answers.put(answer.get("feature").asText(), answer.get("answer").asText());
    }
    return answers;
  }

  @TestFactory
  Stream<DynamicContainer> every_client_has_every_feature_over_every_transport() {
    return rows.keySet().stream()
        .map(row ->
            DynamicContainer.dynamicContainer(
                row,
                FEATURES.stream()
                    .map(feature ->
                        DynamicTest.dynamicTest(
                            row + ": " + feature,
                            () ->
                                assertThat(answers(row).get(feature))
                                    .as(row + ": " + feature)
                                    .isEqualTo("ok")))));
  }

  private static Map<String, String> answers(String row) throws Exception {
    try {
      return rows.get(row).get();
    } catch (ExecutionException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof TestAbortedException skipped) {
          throw skipped;
        }
      }
      throw e;
    }
  }

  @Test
  void the_scripts_try_just_these_features() throws Exception {
    assertThat(answers("npm 4.8 websocket").keySet()).containsExactlyElementsOf(FEATURES);
    assertThat(answers("Java 2.1 websocket").keySet()).containsExactlyElementsOf(FEATURES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.8", "2.5"})
  void hundreds_of_idle_clients_upgrade_and_none_is_lost(String version) throws Exception {
    NodeClients.installed();
    try (FeatureServer server = new FeatureServer(true)) {
      List<String> lines = NodeClients.run(60, "node", "upgrades.js", version, "300", server.url());
      assertThat(JSON.readTree(lines.getLast()))
          .isEqualTo(
              JSON.readTree(
                  """
                  {"clients":300,"upgraded":300,"heardFirst":300,"heardLast":300,"disconnected":0}
                  """));
      server.awaitGoodbyes("npm " + version);
    }
  }

  @AfterAll
  static void tell() throws Exception {
    List<String> lines = new ArrayList<>();
    int tried = 0;
    int good = 0;
    for (String row : rows.keySet()) {
      StringBuilder line = new StringBuilder("%-24s".formatted(row));
      for (String feature : FEATURES) {
        String answer = answer(row, feature);
        tried += answer.equals("-") ? 0 : 1;
        good += answer.equals("ok") ? 1 : 0;
        line.append(("  %-" + feature.length() + "s").formatted(answer));
      }
      lines.add(line.toString().stripTrailing());
    }
    lines.addFirst("%-24s  %s".formatted(good + " of " + tried, String.join("  ", FEATURES)));
    Files.write(Path.of("target", "client-matrix.txt"), lines);
    lines.forEach(System.out::println);
    some.shutdownNow();
    browser.submit(() -> {
      chromium.get().close();
      return true;
    });
    browser.shutdown();
  }

  private static String answer(String row, String feature) {
    try {
      return "ok".equals(answers(row).get(feature)) ? "ok" : "BAD";
    } catch (TestAbortedException e) {
      return "-";
    } catch (Exception e) {
      return "BAD";
    }
  }
}
