package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.ClientProcess;
import io.letschat.bootstrap.fixture.NodePackages;
import io.letschat.bootstrap.fixture.TestCluster;
import io.letschat.bootstrap.fixture.TestSocket;
import io.letschat.bootstrap.fixture.Visitor;
import io.letschat.standin.FaultyTcpProxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official client, unchanged, comes back: to its node, and to another after that has died. */
class RecoveryAmongNodesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void socket_io_client_recovers_on_its_node_and_on_another_after_kill_9_and_misses_nothing()
      throws Exception {
    Path home = NodePackages.installed(folder);
    try (var testCluster = TestCluster.start(folder, 2);
        var proxy = new FaultyTcpProxy(port(testCluster, 0));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Visitor ada = Visitor.signsUp(testCluster.node(1).address(), "ada");
      Visitor bob = Visitor.signsUp(testCluster.node(1).address(), "bob");
      long room = ada.enters("tea", "secret");
      bob.enters("tea", "secret");
      String address = "http://localhost:" + proxy.port();
      var over = new AtomicBoolean();
      var said = new AtomicLong();
      try (var sender = TestSocket.connect(ada);
          var webSocket = ClientProcess.node(home, address, bob, room, "websocket");
          var polling = ClientProcess.node(home, address, bob, room, "polling")) {
        sender.joins(room);
        Future<?> talking =
            threads.submit(() -> {
              for (int n = 0; n < 20_000 && !over.get(); n++) {
                said.set(sender.says(room, "message " + n).get("seq").asLong());
              }
            });
        try {
          List<ClientProcess> clients = List.of(webSocket, polling);
          hearsMore(clients);
          proxy.cut();
          clients.forEach(client ->
              AwaitInProgram.until(
                  PATIENCE, () -> !client.all("disconnected").isEmpty(), client::toString));
          proxy.mend();
          clients.forEach(client -> recovers(client, 1));
          hearsMore(clients);

          proxy.leadTo(port(testCluster, 1));
          testCluster.node(0).kill();
          clients.forEach(client -> recovers(client, 2));
          hearsMore(clients);

          over.set(true);
          talking.get(60, TimeUnit.SECONDS);
          clients.forEach(client -> missesNothing(client, said.get()));
        } finally {
          over.set(true);
        }
      }
    }
  }

  private static int port(TestCluster testCluster, int node) {
    return URI.create(testCluster.node(node).address()).getPort();
  }

  private static void hearsMore(List<ClientProcess> clients) {
    for (ClientProcess client : clients) {
      int enough = client.seqs().size() + 20;
      AwaitInProgram.until(PATIENCE, () -> client.seqs().size() >= enough, client::toString);
    }
  }

  private static void recovers(ClientProcess client, int times) {
    AwaitInProgram.until(PATIENCE, () -> client.all("recovered").size() > times, client::toString);
    assertThat(client.all("recovered").get(times).booleanValue()).as(client.toString()).isTrue();
    assertThat(client.all("connected").get(times)).isEqualTo(client.all("connected").getFirst());
  }

  private static void missesNothing(ClientProcess client, long last) {
    AwaitInProgram.until(PATIENCE, () -> client.seqs().getLast() >= last, client::toString);
    assertThat(client.all("joined")).hasSize(1);
    long first = client.all("joined").getFirst().asLong() + 1;
    assertThat(client.seqs())
        .containsExactlyElementsOf(LongStream.rangeClosed(first, last).boxed().toList());
  }
}
