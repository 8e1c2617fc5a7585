package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.bootstrap.faults.fixture.FaultyRedisProxy;
import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.RawSocket;
import io.letschat.bootstrap.fixture.TestCluster;
import io.letschat.bootstrap.fixture.TestSocket;
import io.letschat.bootstrap.fixture.Visitor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes have seen good times and bad ones: what they tell is what the operators' page and the
 * dashboard speak of.
 */
class ClusterMetricsTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Pattern NAME =
      Pattern.compile("\\b(?:letschat|http|hikaricp|jvm|process)_[a-z_]+[a-z]");

  /** What waits, or went wrong, is seen where it can be made to: without other processes. */
  private static final Set<String> STILL =
      Set.of(
          "letschat_info",
          "letschat_errors_total",
          "letschat_append_lost_total",
          "letschat_append_refused_total",
          "letschat_append_queue",
          "letschat_connects_waiting",
          "letschat_outbound_bytes",
          "letschat_outbound_sockets",
          "letschat_unhandled_events",
          "letschat_unhandled_events_most",
          "letschat_redis_connections",
          "letschat_redis_repeated_total",
          "letschat_relay_queue");

  @TempDir private static Path folder;
  private static TestCluster testCluster;
  private static FaultyRedisProxy way;
  private static int said;
  private static List<String> atFirst;
  private static List<String> inGoodTimes;
  private static List<String> withoutRedis;
  private static List<String> afterwards;

  @BeforeAll
  static void live() throws Exception {
    testCluster = TestCluster.start(folder, 1);
    way = new FaultyRedisProxy(testCluster.redis().port());
    testCluster.startNode(way.url());
    AwaitInProgram.until(
        Duration.ofSeconds(60),
        () -> sum(node(0), "letschat_relay_up") + sum(node(1), "letschat_relay_up") == 2,
        () -> node(1));
    atFirst = List.of(node(0), node(1));
    var ada = Visitor.signsUp(testCluster.node(0).address(), "ada");
    var bob = testCluster.at(1, Visitor.signsUp(testCluster.node(1).address(), "bob"));
    long room = ada.enters("tea", "secret");
    bob.enters("tea", "secret");
    try (var adas = TestSocket.connect(ada);
        var bobs = TestSocket.connect(bob);
        var late = RawSocket.connect(bob, Optional.of("forgotten"), Optional.empty())) {
      assertThat(late.pid()).isNotEqualTo("forgotten");
      adas.joins(room);
      bobs.joins(room);
      // On a machine out of breath the relay may be slower than looking into the log.
      AwaitInProgram.until(
          Duration.ofSeconds(60),
          () -> {
            adas.says(room, "number " + ++said);
            bobs.awaits("new message", said);
            return sum(node(1), way("other_node")) > 0;
          },
          () -> node(1));
      way.lose(100, message -> {});
      adas.says(room, "number " + ++said);
      bobs.awaits("new message", said);
      way.mend();
      adas.ask("send message", Map.of("room_id", room, "content", " "));
      AwaitInProgram.until(
          Duration.ofSeconds(60),
          () ->
              sum(node(0), way("here")) == said
                  && sum(node(1), way("other_node")) + sum(node(1), way("log")) == said
                  && sum(node(0), sent("refused")) == 1,
          () -> node(0) + node(1));
      inGoodTimes = List.of(node(0), node(1));

      testCluster.redis().kill();
      AwaitInProgram.until(
          Duration.ofSeconds(60),
          () -> {
            adas.ask("typing", Map.of("room_id", room));
            adas.says(room, "three");
            String now = node(0);
            return sum(now, "letschat_redis_up") == 0
                && sum(now, "letschat_relay_up") == 0
                && sum(now, "letschat_relay_dropped_total") > 0;
          },
          () -> node(0));
      withoutRedis = List.of(node(0), node(1));
      testCluster.redis().startAgain();
      AwaitInProgram.until(
          Duration.ofSeconds(60),
          () -> sum(node(0), "letschat_relay_up") == 1 && sum(node(0), "letschat_redis_up") == 1,
          () -> node(0));
      afterwards = List.of(node(0), node(1));
    }
  }

  @AfterAll
  static void end() throws IOException {
    testCluster.close();
    way.close();
  }

  @Test
  void whatever_the_operators_page_names_is_there_and_moves() throws Exception {
    Set<String> documented = documented();

    assertThat(documented).hasSizeGreaterThan(25).containsAll(STILL);
    for (String name : documented) {
      assertThat(inGoodTimes.get(1)).containsPattern("(?m)^" + name);
      if (name.startsWith("letschat_") && !STILL.contains(name)) {
        assertThat(told(name)).as(name).hasSizeGreaterThan(1);
      }
    }
  }

  @Test
  void nothing_of_ours_is_there_that_the_operators_page_does_not_name() throws Exception {
    Set<String> documented = documented();
    for (String metrics : inGoodTimes) {
      Set<String> ours =
          matches(Pattern.compile("(?m)^# TYPE (letschat_\\w+)"), metrics).stream()
              .map(found -> found.group(1).replaceFirst("_max$", ""))
              .collect(Collectors.toCollection(TreeSet::new));

      assertThat(documented).containsAll(ours);
    }
  }

  @Test
  void the_dashboard_asks_for_nothing_that_is_not_there() throws Exception {
    JsonNode dashboard = Visitor.JSON.readTree(DOCS.resolve("grafana-dashboard.json").toFile());
    List<String> asked = new ArrayList<>();
    for (JsonNode panel : dashboard.get("panels")) {
      for (JsonNode target : panel.path("targets")) {
        asked.addAll(names(target.get("expr").asText()));
      }
    }

    assertThat(asked).hasSizeGreaterThan(40);
    for (String name : asked) {
      assertThat(inGoodTimes.get(1)).containsPattern("(?m)^" + name + "[{ ]");
    }
    assertThat(documented())
        .allSatisfy(name ->
            assertThat(
                    name.equals("letschat_info")
                        || asked.stream().anyMatch(each -> each.startsWith(name)))
                .as("%s is on the dashboard", name)
                .isTrue());
  }

  @Test
  void the_state_of_redis_is_told_and_what_it_costs() {
    assertThat(sum(inGoodTimes.get(0), "letschat_redis_up")).isEqualTo(1);
    assertThat(sum(withoutRedis.get(0), "letschat_redis_failures_total")).isPositive();
    assertThat(sum(afterwards.get(0), "letschat_relay_connects_total")).isGreaterThanOrEqualTo(2);
  }

  @Test
  void each_way_of_a_message_is_told_apart() {
    assertThat(sum(inGoodTimes.get(0), sent("ok"))).isEqualTo(said);
    assertThat(sum(inGoodTimes.get(1), way("here"))).isZero();
    assertThat(sum(inGoodTimes.get(1), way("other_node"))).isPositive();
    double lookedUp = sum(inGoodTimes.get(1), way("log"));
    assertThat(lookedUp).isPositive();
    assertThat(sum(inGoodTimes.get(1), "letschat_gap_seconds_count")).isBetween(1.0, lookedUp);
    assertThat(sum(inGoodTimes.get(1), "letschat_messages_healed_total")).isBetween(1.0, lookedUp);
  }

  private static String way(String name) {
    return "letschat_delivery_seconds_count\\{way=\"" + name + "\"}";
  }

  private static String sent(String outcome) {
    return "letschat_event_seconds_count\\{event=\"send message\",outcome=\"" + outcome + "\"}";
  }

  /** The values that a family had, over time and at both nodes. */
  private static Set<Double> told(String family) {
    Set<Double> values = new TreeSet<>();
    for (List<String> moment : List.of(atFirst, inGoodTimes, withoutRedis, afterwards)) {
      moment.forEach(metrics -> values.add(sum(metrics, family)));
    }
    return values;
  }

  /** The families that the page names, without what the samples of a histogram are called. */
  private static Set<String> documented() throws IOException {
    return matches(Pattern.compile("`[^`]*`"), Files.readString(DOCS.resolve("operating.md")))
        .stream()
        .flatMap(quoted -> names(quoted.group()).stream())
        .map(name -> name.replaceFirst("_(bucket|sum|count)$", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> names(String text) {
    return matches(NAME, text).stream().map(MatchResult::group).toList();
  }

  private static List<MatchResult> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().toList();
  }

  /** Of all samples of a family; of histograms the counts. 0 where there is none. */
  private static double sum(String metrics, String family) {
    return matches(Pattern.compile("(?m)^" + family + "(?:_count)?(?:\\{.*})? (\\S+)$"), metrics)
        .stream()
        .mapToDouble(found -> Double.parseDouble(found.group(1)))
        .sum();
  }

  private static String node(int number) {
    var request =
        HttpRequest.newBuilder(URI.create(testCluster.node(number).address() + "/metrics")).build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
