package io.letschat.bootstrap.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.bootstrap.faults.fixture.FaultPoints.Point;
import io.letschat.bootstrap.faults.fixture.FaultyCluster;
import io.letschat.bootstrap.faults.fixture.Form;
import io.letschat.bootstrap.faults.fixture.LossyRelay;
import io.letschat.bootstrap.faults.fixture.ManyJoins;
import io.letschat.bootstrap.faults.fixture.NodeFaults;
import io.letschat.bootstrap.faults.fixture.PostgresFaults;
import io.letschat.bootstrap.faults.fixture.Probe;
import io.letschat.bootstrap.faults.fixture.RedisFaults;
import io.letschat.bootstrap.faults.fixture.Report;
import io.letschat.bootstrap.faults.fixture.Storm;
import io.letschat.bootstrap.faults.fixture.Trial;
import io.letschat.testkit.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes, and one thing after the other that breaks. What takes long is tagged so; with {@code
 * -Dfaults=full} there are more people, and things stay broken for longer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsTest {
  private static final Duration A_WHILE = Form.seconds(3, 15);

  @TempDir static Path folder;
  private FaultyCluster cluster;
  private Probe probe;
  private RedisFaults redis;
  private PostgresFaults postgres;
  private NodeFaults nodes;

  @BeforeAll
  void start() throws Exception {
    cluster = FaultyCluster.start(folder, 3);
    probe = new Probe(cluster);
    redis = new RedisFaults(cluster, new Trial(cluster, probe));
    postgres = new PostgresFaults(cluster, new Trial(cluster, probe));
    nodes = new NodeFaults(cluster, probe);
  }

  @AfterAll
  void stop() {
    if (probe != null) {
      probe.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  @Order(1)
  void everybody_gets_every_message_once_and_in_the_same_order() {
    int senders = Form.of(12, 64);
    int listeners = Form.of(18, 200);
    int each = Form.of(15, 30);
    try (Storm storm = Storm.of(cluster, senders, listeners, each)) {
      long began = System.nanoTime();
      storm.awaitSent();
      Storm.Verdict verdict = storm.verdict();
      Duration all = Duration.ofNanos(System.nanoTime() - began);
      Report.row(
          "none; %d send, %d listen".formatted(senders, senders + listeners),
          Trial.refused(storm),
          "all",
          verdict,
          "all delivered " + Report.seconds(all) + " after the first send");
      verdict.holds();
      assertThat(verdict.acked()).isEqualTo((long) senders * each);
      assertThat(verdict.delivered()).isEqualTo(verdict.acked() * (senders + listeners));
    }
  }

  @Test
  @Order(2)
  void what_the_relay_loses_comes_from_the_log() {
    for (int percent : Form.percentsLost()) {
      new LossyRelay(cluster).run(percent);
    }
  }

  @Test
  @Order(3)
  void sending_and_receiving_go_on_without_redis() throws Exception {
    redis.gone(Form.seconds(3, 30));
  }

  @Test
  @Order(4)
  void redis_may_come_back_empty() throws Exception {
    redis.restartedEmpty(Form.seconds(1, 5));
  }

  @Test
  @Order(5)
  @Tag("long")
  void redis_may_be_silent_slow_garbled_or_replaced() throws Exception {
    redis.silent(A_WHILE);
    redis.slow(A_WHILE);
    redis.garbled(A_WHILE);
    redis.replacedByAReplica(A_WHILE);
  }

  @Test
  @Order(6)
  void what_was_acked_is_there_after_postgres_was_gone() throws Exception {
    postgres.gone(Form.seconds(3, 30));
  }

  @Test
  @Order(7)
  void what_was_acked_is_there_after_postgres_was_killed() throws Exception {
    postgres.killed();
  }

  @Test
  @Order(8)
  @Tag("long")
  void postgres_may_be_silent_slow_locked_full_or_restarted() throws Exception {
    postgres.silent(A_WHILE);
    postgres.slow(Duration.ofMillis(100), A_WHILE);
    postgres.slow(Duration.ofMillis(500), A_WHILE);
    postgres.poolExhausted(A_WHILE);
    postgres.noConnectionLeft(A_WHILE);
    postgres.restarted();
  }

  @Test
  @Order(9)
  @Tag("long")
  void a_clock_may_be_wrong_by_an_hour() throws Exception {
    nodes.clockJumps(new Trial(cluster, probe), Form.seconds(3, 5));
  }

  @Test
  @Order(10)
  void many_joins_are_told_in_few_lists() {
    new ManyJoins(cluster).run(Form.of(200, 1000));
  }

  @Test
  @Order(11)
  void who_is_on_a_node_that_stops_is_told_and_misses_nothing() throws Exception {
    nodes.stopped(Form.of(300, 2000));
  }

  @Test
  @Order(12)
  void a_node_may_die_between_any_two_steps_of_a_send() throws Exception {
    nodes.killed(List.of(Point.IN_APPEND, Point.AFTER_COMMIT, Point.BEFORE_ACK), 1);
  }

  @Test
  @Order(13)
  @Tag("long")
  void a_node_may_die_there_again_and_again() throws Exception {
    for (Point point : Point.values()) {
      nodes.killed(List.of(point), 3);
    }
  }

  @Test
  @Order(14)
  @Tag("long")
  void what_was_acked_is_there_after_the_disk_was_full() throws Exception {
    Path place = Files.createDirectory(folder.resolve("second"));
    Optional<SmallDisk> mounted = SmallDisk.mount(place.resolve("disk"), "256m");
    Assumptions.assumeTrue(mounted.isPresent(), "nobody may mount a disk here");
    try (SmallDisk disk = mounted.get();
        var two = FaultyCluster.start(place, disk.path(), 2);
        var probes = new Probe(two)) {
      new PostgresFaults(two, new Trial(two, probes)).diskFull(disk.path(), Form.seconds(5, 15));
    }
  }
}
