package io.letschat.socketio;

import static io.letschat.netty.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.corundumstudio.socketio.Configuration;
import io.letschat.netty.testing.NoLeaks;
import io.letschat.netty.testing.WebSocketConnection;
import io.letschat.socketio.fixture.RawSocketIo;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a server tells of what waits in it. */
@ExtendWith(NoLeaks.class)
class SocketMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ConformantSocketIOServer server =
      new ConformantSocketIOServer(configuration(), SocketIoSettings.defaults());

  SocketMetricsTest() {
    new SocketMetrics(server).bindTo(registry);
    server.start();
  }

  private static Configuration configuration() {
    var configuration = new Configuration();
    configuration.setHostname("127.0.0.1");
    configuration.setPort(0);
    configuration.setWorkerThreads(2);
    return configuration;
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void events_that_nobody_has_dealt_with_are_counted_for_all_and_for_the_fullest()
      throws Exception {
    var open = new CountDownLatch(1);
    server.addEventListener("wait", Object.class, (client, data, ack) -> open.await());
    try (WebSocketConnection one = RawSocketIo.connect(server);
        WebSocketConnection other = RawSocketIo.connect(server)) {
      for (int i = 0; i < 3; i++) {
        one.send("42[\"wait\"]");
      }
      other.send("42[\"wait\"]");

      eventually("four wait", () -> gauge("letschat.unhandled.events") == 4);
      assertThat(gauge("letschat.unhandled.events.most")).isEqualTo(3);
      open.countDown();
      eventually("none waits", () -> gauge("letschat.unhandled.events") == 0);
      assertThat(gauge("letschat.unhandled.events.most")).isZero();
    }
  }

  @Test
  void what_a_client_does_not_fetch_is_counted() throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      String address = "http://127.0.0.1:" + server.port() + "/socket.io/?EIO=4&transport=polling";
      String opened = ask(http, HttpRequest.newBuilder(URI.create(address)));
      String sid = opened.replaceFirst(".*\"sid\":\"([^\"]+)\".*", "$1");
      assertThat(gauge("letschat.outbound.sockets")).isZero();

      ask(
          http,
          HttpRequest.newBuilder(URI.create(address + "&sid=" + sid))
              .POST(HttpRequest.BodyPublishers.ofString("40")));

      eventually("its welcome waits", () -> gauge("letschat.outbound.sockets") == 1);
      assertThat(gauge("letschat.outbound")).isGreaterThan(10);
      assertThat(ask(http, HttpRequest.newBuilder(URI.create(address + "&sid=" + sid))))
          .startsWith("40");
      assertThat(gauge("letschat.outbound")).isZero();
    }
  }

  @Test
  void what_is_to_happen_once_everything_is_written_happens_then() throws Exception {
    try (WebSocketConnection socket = RawSocketIo.connect(server)) {
      var written = new AtomicBoolean();

      server.getBroadcastOperations().sendEvent("news", "1");
      server.engine().whenWritten(() -> written.set(true));

      eventually("it happened", written::get);
      assertThat(gauge("letschat.outbound")).isZero();
      assertThat(socket.text()).isEqualTo("42[\"news\",\"1\"]");
    }
  }

  private double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  private static String ask(HttpClient http, HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
  }
}
