package io.letschat.bootstrap.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.bootstrap.faults.fixture.FaultyCluster;
import io.letschat.bootstrap.faults.fixture.ReturningCrowd;
import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.Visitor;
import io.letschat.standin.FaultyTcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that people have, which lose the connection and come back by themselves, whatever was
 * wrong meanwhile. Since 4.5 socket.io-client takes a CONNECT_ERROR for final: all fifty who came
 * back while PostgreSQL was silent were told {@code unavailable}, and were gone for good.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComingBackTest {
  private static final int OF_EACH = 100;
  private static final Duration OUTAGE = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir private static Path folder;

  private static FaultyCluster cluster;
  private static ReturningCrowd crowd;

  @BeforeAll
  static void everybody_is_connected() throws Exception {
    Path home = ReturningCrowd.installed(folder);
    cluster = FaultyCluster.start(folder, 1);
    List<String> tokens =
        cluster.people().signUp("returning", OF_EACH).stream().map(Visitor::token).toList();
    crowd = ReturningCrowd.start(home, cluster.address(0).replace("localhost", "127.0.0.1"));
    crowd.come("4.8", "both", tokens.subList(0, OF_EACH / 2));
    crowd.come("4.8", "websocket", tokens.subList(OF_EACH / 2, OF_EACH));
    crowd.come("2.5", "both", tokens.subList(0, OF_EACH / 2));
    crowd.come("2.5", "polling", tokens.subList(OF_EACH / 2, OF_EACH));
  }

  @AfterAll
  static void stop() {
    crowd.close();
    cluster.close();
  }

  @AfterEach
  void nobody_was_told_anything_final() {
    assertThat(crowd.toldFinally()).isEmpty();
    assertThat(crowd.state().stranded()).isZero();
  }

  @Test
  @Order(1)
  void all_come_back_by_themselves_to_a_database_that_was_silent_for_15_s() {
    ReturningCrowd.State before = crowd.state();
    cluster.eachPostgres(FaultyTcpProxy::fallSilent);
    long end = System.nanoTime() + OUTAGE.toNanos();
    crowd.loseAll();
    AwaitInProgram.until(
        OUTAGE.multipliedBy(2), () -> System.nanoTime() > end, () -> "time stands still");
    assertThat(crowd.connected()).isZero();
    cluster.eachPostgres(FaultyTcpProxy::mend);

    crowd.awaitBack(before, PATIENCE);
    assertThat(cluster.node(0).process().log())
        .contains("sockets could not be authenticated")
        .doesNotContain("ERROR", "\tat ");
  }

  @Test
  @Order(2)
  void all_come_back_by_themselves_while_redis_is_silent() {
    ReturningCrowd.State before = crowd.state();
    cluster.eachRedis(FaultyTcpProxy::fallSilent);
    crowd.loseAll();
    crowd.awaitBack(before, PATIENCE);
    cluster.eachRedis(FaultyTcpProxy::mend);
  }

  @Test
  @Order(3)
  void all_come_back_by_themselves_to_a_server_that_was_restarted() throws Exception {
    ReturningCrowd.State before = crowd.state();
    cluster.node(0).process().stop();
    cluster.node(0).process().startAgain();
    crowd.awaitBack(before, PATIENCE);
  }

  @Test
  @Order(4)
  void all_come_back_by_themselves_to_a_server_that_was_killed() throws Exception {
    ReturningCrowd.State before = crowd.state();
    cluster.node(0).process().kill();
    cluster.node(0).process().startAgain();
    crowd.awaitBack(before, PATIENCE);
  }
}
