package io.letschat.bootstrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The composition of docker-compose.nodes.yml without Docker: three nodes with one folder for
 * files, behind HAProxy with the configuration that is deployed, and a crowd of clients before it.
 */
final class Composition implements AutoCloseable {
  static final int NODES = 3;
  static final int NOTICE_SECONDS = 1;
  static final int SPREAD_SECONDS = 2;

  private final TestCluster testCluster;
  private final Haproxy haproxy;
  private final NodeCrowd crowd;

  private Composition(TestCluster testCluster, Haproxy haproxy, NodeCrowd crowd) {
    this.testCluster = testCluster;
    this.haproxy = haproxy;
    this.crowd = crowd;
  }

  static Composition start(Path folder) throws Exception {
    Haproxy.assumeInstalled();
    var settings =
        Map.of(
            "TRUST_PROXY",
            "127.0.0.1",
            "DATA_DIR",
            folder.resolve("data").toString(),
            "SHUTDOWN_NOTICE",
            "" + NOTICE_SECONDS,
            "SHUTDOWN_SPREAD",
            "" + SPREAD_SECONDS);
    TestCluster testCluster = TestCluster.start(folder, NODES, settings);
    try {
      Haproxy haproxy = Haproxy.start(folder, addresses(testCluster), Map.of());
      try {
        return new Composition(testCluster, haproxy, NodeCrowd.start(folder, haproxy.address()));
      } catch (Exception | AssertionError e) {
        haproxy.close();
        throw e;
      }
    } catch (Exception | AssertionError e) {
      testCluster.close();
      throw e;
    }
  }

  private static List<String> addresses(TestCluster testCluster) {
    return IntStream.range(0, NODES)
        .mapToObj(i -> testCluster.node(i).address().replace("http://localhost", "127.0.0.1"))
        .toList();
  }

  /** Where the nodes are, for a proxy. */
  List<String> nodeAddresses() {
    return addresses(testCluster);
  }

  TestCluster cluster() {
    return testCluster;
  }

  Haproxy haproxy() {
    return haproxy;
  }

  NodeCrowd crowd() {
    return crowd;
  }

  /** The proxy's name of a node. */
  static String name(int node) {
    return "app" + (node + 1);
  }

  /** The names of the clients who are, or were at last, at this node. */
  Set<String> membersAt(int node) {
    return report().stream()
        .filter(member -> member.lastVisit().node().equals(name(node)))
        .map(NodeCrowd.Member::name)
        .collect(Collectors.toSet());
  }

  void awaitEach(String what, Predicate<NodeCrowd.Member> condition) {
    AwaitInProgram.until(
        Duration.ofSeconds(60),
        () -> report().stream().allMatch(condition),
        () -> "not everybody is " + what + ": " + report());
  }

  List<NodeCrowd.Member> report() {
    try {
      return crowd.report();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    crowd.close();
    haproxy.close();
    // Nobody is left to be waited for.
    for (int i = 0; i < NODES; i++) {
      testCluster.node(i).kill();
    }
    testCluster.close();
  }
}
