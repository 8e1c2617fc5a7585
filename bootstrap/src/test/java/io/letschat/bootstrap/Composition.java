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

  private final Cluster cluster;
  private final Haproxy haproxy;
  private final NodeCrowd crowd;

  private Composition(Cluster cluster, Haproxy haproxy, NodeCrowd crowd) {
    this.cluster = cluster;
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
    Cluster cluster = Cluster.start(folder, NODES, settings);
    try {
      Haproxy haproxy = Haproxy.start(folder, addresses(cluster), Map.of());
      try {
        return new Composition(cluster, haproxy, NodeCrowd.start(folder, haproxy.address()));
      } catch (Exception | AssertionError e) {
        haproxy.close();
        throw e;
      }
    } catch (Exception | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  private static List<String> addresses(Cluster cluster) {
    return IntStream.range(0, NODES)
        .mapToObj(i -> cluster.node(i).address().replace("http://localhost", "127.0.0.1"))
        .toList();
  }

  /** Where the nodes are, for a proxy. */
  List<String> nodeAddresses() {
    return addresses(cluster);
  }

  Cluster cluster() {
    return cluster;
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
    Await.until(
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
      cluster.node(i).kill();
    }
    cluster.close();
  }
}
