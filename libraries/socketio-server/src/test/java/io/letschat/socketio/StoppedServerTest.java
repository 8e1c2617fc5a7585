package io.letschat.socketio;

import static io.letschat.netty.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.engineio.ClientAddressResolver;
import io.letschat.engineio.EngineSettings;
import io.letschat.netty.testing.HttpConnection;
import io.letschat.netty.testing.NoLeaks;
import io.letschat.socketio.fixture.EchoServer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Clients that connect while a server stops have to be told. One case is out of its hands: when a
 * connection is completed in the very moment in which the listening socket is closed, Linux may
 * forget it without a reset, whoever listened. Such a client is reset upon the first byte that it
 * sends, so only one that never speaks is left waiting.
 */
@ExtendWith(NoLeaks.class)
class StoppedServerTest {
  /** The stock library's timer was never stopped: Netty told of a leak for each server. */
  @Test
  void a_server_that_nobody_needs_any_more_leaves_nothing_behind() throws Exception {
    for (int i = 0; i < 3; i++) {
      ConformantSocketIOServer server = EchoServer.with(SocketIoSettings.defaults());
      server.start();
      server.stop();
      assertThat(server.connectionCount()).isZero();
    }

    assertThat(NoLeaks.leaksSoFar()).isEmpty();
  }

  /**
   * A poll in the moment of a restart hung until the client's own timeout: its connection had been
   * accepted, but came to its event loop when that had closed all it had and was about to end.
   */
  @Test
  void a_connection_that_comes_to_its_event_loop_as_that_ends_is_closed() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    ConformantSocketIOServer server =
        EchoServer.with(
            SocketIoSettings.defaults().toBuilder()
                .engine(
                    new EngineSettings.Builder().clientAddress(holdingTheLoopWith(held)).build())
                .build());
    server.start();
    // Connections take turns on the two event loops; the first is not on the one that accepts.
    try (HttpConnection holding = new HttpConnection(server.port())) {
      holding.send("GET", "/socket.io/?EIO=4&transport=polling");
      assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();
      try (HttpConnection other = new HttpConnection(server.port());
          HttpConnection late = new HttpConnection(server.port());
          HttpConnection last = new HttpConnection(server.port())) {
        assertThat(last.get("/").status()).as("so all before it are accepted").isEqualTo(404);
        server.stop();
        assertThat(other.isClosed()).isTrue();
        assertThat(late.isClosed()).isTrue();
      }
    }
  }

  private static ClientAddressResolver holdingTheLoopWith(CountDownLatch held) {
    return (channel, request) -> {
      held.countDown();
      eventually("the loops are ending", channel.eventLoop().parent()::isShuttingDown);
      return ClientAddressResolver.ofPeer().of(channel, request);
    };
  }
}
