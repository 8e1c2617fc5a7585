package io.letschat.bootstrap.faults;

import io.letschat.bootstrap.AwaitInProgram;
import io.letschat.bootstrap.ChatProcess;
import io.letschat.bootstrap.faults.FaultPoints.Point;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What happens to the nodes themselves. */
final class NodeFaults {
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration BEFORE_STOPPING = Duration.ofSeconds(3);
  private static final Duration BACK_WITHIN = Duration.ofSeconds(60);
  private static final long AN_HOUR = 3600;

  private final FaultyCluster cluster;
  private final Probe probe;

  NodeFaults(FaultyCluster cluster, Probe probe) {
    this.cluster = cluster;
    this.probe = probe;
  }

  /** One node after the other dies there under load, and comes back. */
  void killed(List<Point> points, int rounds) throws Exception {
    int kills = points.size() * rounds;
    try (Storm storm = Storm.raging(cluster, Form.senders(), Form.listeners(), PAUSE)) {
      Trial.rest(Duration.ofSeconds(1));
      for (int kill = 0; kill < kills; kill++) {
        kill(storm, points.get(kill % points.size()));
      }
      for (FaultyCluster.Node node : cluster.nodes()) {
        node.process().awaitAddress();
      }
      Duration normal = probe.untilNormal();
      storm.stop();
      Storm.Verdict verdict = storm.verdict();
      Report.row(
          "%d × `kill -9` of a node %s"
              .formatted(
                  kills, points.stream().map(Point::words).collect(Collectors.joining("; "))),
          Trial.refused(storm),
          storm.unanswered() + " sends lost their connection, and were repeated elsewhere",
          verdict,
          Report.seconds(normal) + " after the last start");
      verdict.holds();
    }
  }

  /** Where somebody sends, once the node before is back. */
  private void kill(Storm storm, Point point) throws Exception {
    for (FaultyCluster.Node node : cluster.nodes()) {
      node.process().awaitAddress();
    }
    var random = ThreadLocalRandom.current();
    LoadPerson sender = storm.people().get(random.nextInt(Form.senders()));
    AwaitInProgram.until(BACK_WITHIN, sender::isHere, () -> "the sender is nowhere");
    ChatProcess node = cluster.node(sender.node()).process();
    node.tell("halt " + point + " " + random.nextInt(1, 10));
    AwaitInProgram.until(BACK_WITHIN, () -> !node.process().isAlive(), () -> "nobody sends there");
    node.launchAgain();
  }

  void stopped(int sockets) throws Exception {
    int last = cluster.nodes().size() - 1;
    ChatProcess node = cluster.node(last).process();
    try (Storm storm = Storm.ragingAt(cluster, last, 6, sockets, Duration.ofMillis(500))) {
      Trial.rest(BEFORE_STOPPING);
      List<LoadPerson> theirs =
          storm.people().stream().filter(person -> person.node() == last).toList();
      long began = System.nanoTime();
      var exit = node.process().onExit().thenApply(process -> System.nanoTime());
      node.process().destroy();
      AwaitInProgram.until(
          BACK_WITHIN,
          () -> theirs.stream().allMatch(person -> person.isHere() && person.hereSince() > began),
          () -> "not everybody is back");
      Duration ended = sinceLast(began, theirs.stream().mapToLong(LoadPerson::endedAt));
      Duration away =
          sinceLast(0, theirs.stream().mapToLong(person -> person.hereSince() - person.endedAt()));
      Duration back = sinceLast(began, theirs.stream().mapToLong(LoadPerson::hereSince));
      Duration over = Duration.ofNanos(exit.get(1, TimeUnit.MINUTES) - began);
      storm.stop();
      Storm.Verdict verdict = storm.verdict();
      Report.row(
          "SIGTERM of a node with " + theirs.size() + " sockets",
          Trial.refused(storm),
          "%d sends lost their connection; the last socket closed after %s, the process ended after %s"
              .formatted(storm.unanswered(), Report.seconds(ended), Report.seconds(over)),
          verdict,
          "%s until the last one was back elsewhere; nobody was disconnected for longer than %s"
              .formatted(Report.seconds(back), Report.seconds(away)));
      verdict.holds();
    } finally {
      node.startAgain();
    }
  }

  private static Duration sinceLast(long began, LongStream times) {
    return Duration.ofNanos(times.max().orElseThrow() - began);
  }

  /** The clock of one node is wrong by an hour, either way, the others' are right. */
  void clockJumps(Trial trial, Duration time) throws Exception {
    ChatProcess node = cluster.node(0).process();
    trial.run(
        "a node's clock jumps an hour ahead",
        () -> node.tell("clock " + AN_HOUR),
        time,
        () -> node.tell("clock 0"));
    trial.run(
        "a node's clock jumps an hour back",
        () -> node.tell("clock -" + AN_HOUR),
        time,
        () -> node.tell("clock 0"));
  }
}
