package io.letschat.messaging.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.RepeatedTest;

class StoppedServerTest {
  /**
   * A poll that came in the moment of a restart hung until the client's own timeout: its connection
   * had been accepted, but its event loop ended before it got there, and nobody closed it.
   */
  @RepeatedTest(20)
  void connections_that_come_while_the_server_stops_are_closed() throws Exception {
    ConformantSocketIOServer server = EchoServer.with(SocketIoSettings.defaults());
    server.start();
    int port = server.port();
    List<Socket> made = new ArrayList<>();
    CountDownLatch some = new CountDownLatch(20);
    Thread connecting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                for (int i = 0; i < 2000; i++) {
                  made.add(new Socket(InetAddress.getLoopbackAddress(), port));
                  some.countDown();
                }
              } catch (IOException refused) {
                // The port is closed.
              }
            });
    some.await();
    server.stop();
    connecting.join();
    for (Socket socket : made) {
      try (socket) {
        socket.setSoTimeout(10_000);
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
      } catch (SocketException reset) {
        assertThat(reset).hasMessageContaining("reset");
      }
    }
  }
}
