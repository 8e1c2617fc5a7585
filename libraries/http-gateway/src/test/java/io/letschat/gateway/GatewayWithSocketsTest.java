package io.letschat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.corundumstudio.socketio.Configuration;
import io.letschat.gateway.fixture.FakeUpstream;
import io.letschat.gateway.fixture.GatewayFixture;
import io.letschat.gateway.fixture.SmallLimits;
import io.letschat.netty.testing.NoLeaks;
import io.letschat.socketio.ConformantSocketIOServer;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The front with the real handler for the sockets, and a real client. */
@ExtendWith(NoLeaks.class)
class GatewayWithSocketsTest {
  private static final Duration SHORT = Duration.ofMillis(400);

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "polling", "polling,websocket"})
  void a_client_talks_over_the_port_of_the_pages_for_longer_than_http_may_idle(String transports)
      throws Exception {
    var server = new ConformantSocketIOServer(new Configuration());
    server.addEventListener(
        "greet", String.class, (client, name, ack) -> ack.sendAckData("hello " + name));
    var limits = new SmallLimits().idle(SHORT).headersWithin(SHORT).bodyGrace(SHORT);
    try (var setting =
        new GatewayFixture(FakeUpstream::echo, limits.change(), server::newConnectionHandler)) {
      var options = IO.Options.builder().setTransports(transports.split(",")).build();
      var socket =
          IO.socket(URI.create("http://127.0.0.1:" + setting.front().address().getPort()), options);
      var answers = new LinkedBlockingQueue<String>();
      var losses = new LinkedBlockingQueue<Object>();
      socket.on(Socket.EVENT_CONNECT_ERROR, args -> losses.add(args[0]));
      socket.on(Socket.EVENT_DISCONNECT, args -> losses.add(args[0]));
      socket.connect();

      for (int i = 0; i < 4; i++) {
        assertThat(greet(socket, answers)).isEqualTo("hello you");
        LockSupport.parkNanos(SHORT.dividedBy(2).toNanos());
        try (var client = setting.client()) {
          assertThat(client.get("/page").text()).isEqualTo("get /page");
        }
      }
      LockSupport.parkNanos(SHORT.multipliedBy(2).toNanos());

      assertThat(greet(socket, answers)).isEqualTo("hello you");
      assertThat(losses).isEmpty();
      assertThat(setting.refusals).isEmpty();
      socket.disconnect();
    } finally {
      server.stop();
    }
  }

  private static String greet(Socket socket, BlockingQueue<String> answers) throws Exception {
    socket.emit("greet", new Object[] {"you"}, (Ack) args -> answers.add(args[0].toString()));
    var answer = answers.poll(30, TimeUnit.SECONDS);
    return answer == null ? "nothing" : answer;
  }
}
