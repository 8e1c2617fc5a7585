package io.letschat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.corundumstudio.socketio.Configuration;
import io.letschat.gateway.fixture.FakeUpstream;
import io.letschat.gateway.fixture.GatewayFixture;
import io.letschat.gateway.fixture.RawClient;
import io.letschat.netty.testing.Eventually;
import io.letschat.netty.testing.NoLeaks;
import io.letschat.socketio.ConformantSocketIOServer;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Clients that close their sending half after the last request (RFC 9112, 9.6), as {@code nc -N}
 * and some health checkers do. 29 of 30 got no answer.
 */
@ExtendWith(NoLeaks.class)
class HalfClosedTest {
  private static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";

  @Test
  void each_request_is_answered_and_then_the_connection_ends() throws Exception {
    try (var setting = new GatewayFixture(FakeUpstream::echo)) {
      for (int round = 0; round < 30; round++) {
        for (String path : new String[] {"/healthz", "/socket.io/?x"}) {
          try (var client = setting.client()) {
            client.send(get(path)).endOutput();

            assertThat(client.answer().text()).endsWith(path);
            assertThat(client.isEnded()).isTrue();
          }
        }
      }
    }
  }

  @Test
  void all_that_was_sent_whole_is_answered_in_its_order() throws Exception {
    try (var setting = new GatewayFixture(FakeUpstream::echo);
        var client = setting.client()) {
      client.send(
          get("/a")
              + "POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
              + get("/socket.io/c")
              + "POST /d HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nab");
      client.endOutput();

      assertThat(client.answer().text()).isEqualTo("get /a");
      assertThat(client.answer().text()).isEqualTo("post /babc");
      assertThat(client.answer().text()).isEqualTo("socket /socket.io/c");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void an_answer_that_takes_its_time_is_waited_for_and_comes_whole() throws Exception {
    var goOn = new CountDownLatch(1);
    FakeUpstream.Behaviour pages =
        call -> {
          assertThat(goOn.await(30, TimeUnit.SECONDS)).isTrue();
          return call.ok("x".repeat(5_000_000));
        };
    try (var setting = new GatewayFixture(pages);
        var client = setting.client()) {
      client.send(get("/slow")).endOutput();
      // Meanwhile it is asked whether it is still there.
      assertThat(client.answer().status()).isEqualTo(102);
      assertThat(client.answer().status()).isEqualTo(102);
      goOn.countDown();

      RawClient.Answer answer = client.answer();
      while (answer.status() == 102) {
        answer = client.answer();
      }
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).hasSize(5_000_000);
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void an_http_1_0_client_gets_its_answer_and_nothing_else() throws Exception {
    FakeUpstream.Behaviour pages =
        call -> {
          Thread.sleep(1_300);
          return FakeUpstream.echo(call);
        };
    try (var setting = new GatewayFixture(pages);
        var client = setting.client()) {
      client.send("GET /slow HTTP/1.0\r\n\r\n").endOutput();

      assertThat(client.answer().text()).isEqualTo("get /slow");
    }
  }

  @Test
  void a_connection_that_ends_with_nothing_to_answer_is_closed_at_once() throws Exception {
    try (var setting = new GatewayFixture(FakeUpstream::echo)) {
      for (String sent :
          new String[] {
            "", get("/a"), "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na"
          }) {
        try (var client = setting.client()) {
          if (sent.startsWith("GET")) {
            client.send(sent).answer();
          } else {
            client.send(sent);
          }
          client.endOutput();

          assertThat(client.isEnded()).isTrue();
        }
      }
    }
  }

  @Test
  void a_poll_gets_what_it_waits_for_and_a_client_that_is_gone_is_noticed() throws Exception {
    var server = new ConformantSocketIOServer(new Configuration());
    try (var setting =
            new GatewayFixture(
                FakeUpstream::echo, settings -> settings, server::newConnectionHandler);
        var sender = setting.client()) {
      String sid = sid(sender);
      post(sender, sid, "40");
      try (var waiting = setting.client()) {
        waiting.send(get(HANDSHAKE + "&sid=" + sid)).endOutput();
        assertThat(waiting.answer().text()).startsWith("40{");
        assertThat(waiting.isEnded()).isTrue();
      }
      try (var waiting = setting.client()) {
        waiting.send(get(HANDSHAKE + "&sid=" + sid)).endOutput();
        assertThat(waiting.answer().status()).isEqualTo(102);
        server.getBroadcastOperations().sendEvent("news");
        RawClient.Answer answer = waiting.answer();
        while (answer.status() == 102) {
          answer = waiting.answer();
        }
        assertThat(answer.text()).isEqualTo("42[\"news\"]");
      }
      var gone = setting.client();
      gone.send(get(HANDSHAKE + "&sid=" + sid));
      Eventually.eventually(
          "a poll waits",
          () -> server.engine().sessions().stream().anyMatch(each -> each.isWritable()));
      gone.close();
      Eventually.eventually("it is noticed", () -> server.engine().sessionCount() == 0);
    } finally {
      server.stop();
    }
  }

  @Test
  void a_websocket_whose_client_sends_no_more_ends() throws Exception {
    var server = new ConformantSocketIOServer(new Configuration());
    try (var setting =
            new GatewayFixture(
                FakeUpstream::echo, settings -> settings, server::newConnectionHandler);
        var client = setting.client()) {
      client.send(
          "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
              + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(101);
      Eventually.eventually("it is open", () -> server.engine().sessionCount() == 1);
      client.endOutput();

      Eventually.eventually("it is noticed", () -> server.engine().sessionCount() == 0);
    } finally {
      server.stop();
    }
  }

  private static String sid(RawClient client) throws IOException {
    String opened = client.get(HANDSHAKE).text();
    return opened.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
  }

  private static void post(RawClient client, String sid, String body) throws IOException {
    client.send(
        "POST %s&sid=%s HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(HANDSHAKE, sid, body.length(), body));
    assertThat(client.answer().text()).isEqualTo("ok");
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }
}
