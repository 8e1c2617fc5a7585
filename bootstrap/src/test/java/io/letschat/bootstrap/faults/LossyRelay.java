package io.letschat.bootstrap.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.letschat.standin.FaultyTcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Messages between the nodes get lost at random, and how long it takes until they are there. */
final class LossyRelay {
  private static final Pattern ID = Pattern.compile("storm[0-9]+x[0-9]+-[0-9]+");

  private final FaultyCluster cluster;

  LossyRelay(FaultyCluster cluster) {
    this.cluster = cluster;
  }

  void run(int percent) {
    List<Map<String, Long>> lostAt = new ArrayList<>();
    for (FaultyCluster.Node node : cluster.nodes()) {
      Map<String, Long> lost = new ConcurrentHashMap<>();
      lostAt.add(lost);
      node.redis().lose(percent, message -> note(message, lost));
    }
    try (Storm storm = Storm.of(cluster, Form.of(6, 16), Form.of(12, 60), Form.of(20, 60))) {
      storm.awaitSent();
      Storm.Verdict verdict = storm.verdict();
      List<Long> healing = healing(storm, lostAt);
      long lost = lostAt.stream().mapToLong(Map::size).sum();
      Report.row(
          percent + " % of the cluster bus's messages lost (" + lost + ")",
          "",
          "all",
          verdict,
          healing.isEmpty()
              ? "nothing was missed"
              : "%s median, %s p99, %s at most"
                  .formatted(at(healing, 50), at(healing, 99), at(healing, 100)));
      verdict.holds();
    } finally {
      cluster.eachRedis(FaultyTcpProxy::mend);
    }
  }

  private static void note(byte[] message, Map<String, Long> lost) {
    // The first id in it: the content is the id as well.
    Matcher id = ID.matcher(new String(message, ISO_8859_1));
    if (id.find()) {
      lost.putIfAbsent(id.group(), System.nanoTime());
    }
  }

  /** For each listener of a node, and each message that this node's relay lost: how late it was. */
  private static List<Long> healing(Storm storm, List<Map<String, Long>> lostAt) {
    List<Long> late = new ArrayList<>();
    for (LoadPerson loadPerson : storm.people()) {
      Map<String, Long> lost = lostAt.get(loadPerson.node());
      for (LoadPerson.Heard heard : loadPerson.heard()) {
        Long at = lost.get(heard.id());
        // A node does not need what it has published itself.
        if (at != null && nodeOf(storm, heard.id()) != loadPerson.node()) {
          late.add(Math.max(0, heard.atNanos() - at));
        }
      }
    }
    Collections.sort(late);
    return late;
  }

  private static int nodeOf(Storm storm, String id) {
    String sender = id.substring(0, id.indexOf('-'));
    return storm.people().stream()
        .filter(loadPerson -> loadPerson.name().equals(sender))
        .findFirst()
        .orElseThrow()
        .node();
  }

  private static String at(List<Long> sorted, int percent) {
    int index = Math.min(sorted.size() - 1, sorted.size() * percent / 100);
    return Report.seconds(Duration.ofNanos(sorted.get(index)));
  }
}
