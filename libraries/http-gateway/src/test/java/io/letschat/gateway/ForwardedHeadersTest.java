package io.letschat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.gateway.fixture.FakeUpstream;
import io.letschat.gateway.fixture.GatewayFixture;
import io.letschat.netty.testing.NoLeaks;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the pages' server is told about the client, and what does not reach it. */
@ExtendWith(NoLeaks.class)
class ForwardedHeadersTest {
  @Test
  void the_forwarding_headers_of_a_stranger_are_replaced() throws Exception {
    try (var setting = new GatewayFixture(FakeUpstream::echo);
        var client = setting.client()) {
      client.send(
          """
          GET / HTTP/1.1
          Host: chat.example
          X-Forwarded-For: 6.6.6.6
          x-forwarded-proto: https
          X-Forwarded-Host: evil.example
          X-Forwarded-Port: 1
          X-Forwarded-Anything: 1
          Forwarded: for=6.6.6.6;proto=https
          X-Real-IP: 6.6.6.6

          """
              .replace("\n", "\r\n"));
      assertThat(client.answer().status()).isEqualTo(200);

      var call = setting.nextCall();
      assertThat(call.all("x-forwarded-for")).containsExactly("127.0.0.1");
      assertThat(call.all("x-forwarded-proto")).containsExactly("http");
      assertThat(call.all("x-forwarded-host")).containsExactly("chat.example");
      assertThat(call.all("forwarded"))
          .containsExactly("for=127.0.0.1;proto=http;host=\"chat.example\"");
      assertThat(call.all("x-letschat-client")).containsExactly("127.0.0.1");
      assertThat(call.all("x-letschat-direct")).containsExactly("false");
      assertThat(call.headers()).noneMatch(line -> line.contains("6.6.6.6"));
      assertThat(call.all("x-forwarded-port")).isEmpty();
      assertThat(call.all("x-forwarded-anything")).isEmpty();
    }
  }

  @Test
  void a_trusted_proxy_is_believed_and_its_chain_extended() throws Exception {
    try (var setting = trusting("loopback, 10.0.0.0/8");
        var client = setting.client()) {
      client.send(
          """
          GET / HTTP/1.1
          Host: inner:4000
          X-Forwarded-For: 6.6.6.6, 203.0.113.9
          X-Forwarded-For: 10.1.2.3
          X-Forwarded-Proto: https
          X-Forwarded-Host: chat.example
          Forwarded: for=203.0.113.9;proto=https

          """
              .replace("\n", "\r\n"));
      assertThat(client.answer().status()).isEqualTo(200);

      var call = setting.nextCall();
      assertThat(call.all("x-forwarded-for"))
          .containsExactly("6.6.6.6, 203.0.113.9, 10.1.2.3, 127.0.0.1");
      assertThat(call.all("x-forwarded-proto")).containsExactly("https");
      assertThat(call.all("x-forwarded-host")).containsExactly("chat.example");
      assertThat(call.all("forwarded"))
          .containsExactly(
              "for=203.0.113.9;proto=https, for=127.0.0.1;proto=https;host=\"chat.example\"");
      assertThat(call.all("x-letschat-client")).containsExactly("203.0.113.9");
      assertThat(call.all("host")).containsExactly("chat.example");
    }
  }

  @Test
  void the_secret_and_the_marks_of_the_front_cannot_be_brought_along() throws Exception {
    try (var setting = new GatewayFixture(FakeUpstream::echo);
        var client = setting.client()) {
      client.send(
          "GET / HTTP/1.1\r\nHost: a\r\nX-LetsChat-Front: guess\r\nX-LETSCHAT-CLIENT: 6.6.6.6\r\n"
              + "X-LetsChat-Direct: no\r\nConnection: x-letschat-front, x-letschat-client\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(200);

      var call = setting.nextCall();
      assertThat(call.all("x-letschat-front")).containsExactly(GatewayFixture.SECRET);
      assertThat(call.all("x-letschat-client")).containsExactly("127.0.0.1");
      assertThat(call.all("x-letschat-direct")).containsExactly("true");
    }
  }

  @Test
  void headers_of_one_hop_end_here_in_both_directions() throws Exception {
    FakeUpstream.Behaviour pages =
        call -> {
          call.write(
              "HTTP/1.1 200 OK\r\nConnection: keep-alive, X-Inner\r\nX-Inner: 1\r\nKeep-Alive: timeout=5\r\n"
                  + "Proxy-Authenticate: Basic\r\nX-Outer: 2\r\nContent-Length: 2\r\n\r\nok");
          return true;
        };
    try (var setting = new GatewayFixture(pages);
        var client = setting.client()) {
      client.send(
          "GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, X-Mine, Content-Length, Host\r\nX-Mine: 1\r\n"
              + "Keep-Alive: 5\r\nTE: trailers\r\nTrailer: x\r\nProxy-Authorization: Basic x\r\n"
              + "Proxy-Connection: keep-alive\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\nX-Kept: 2\r\n\r\n");
      var answer = client.answer();

      var call = setting.nextCall();
      for (String gone :
          new String[] {
            "connection",
            "x-mine",
            "keep-alive",
            "te",
            "trailer",
            "proxy-authorization",
            "proxy-connection",
            "upgrade",
            "http2-settings"
          }) {
        assertThat(call.all(gone)).as(gone).isEmpty();
      }
      assertThat(call.all("x-kept")).containsExactly("2");
      assertThat(call.all("host")).containsExactly("a");
      assertThat(answer.all("x-inner")).isEmpty();
      assertThat(answer.all("keep-alive")).isEmpty();
      assertThat(answer.all("proxy-authenticate")).isEmpty();
      assertThat(answer.all("x-outer")).containsExactly("2");
    }
  }

  @Test
  void a_websocket_outside_the_sockets_is_refused_and_the_connection_goes_on() throws Exception {
    try (var setting = new GatewayFixture(FakeUpstream::echo);
        var client = setting.client()) {
      client.send(
          "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\n"
              + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n");

      assertThat(client.answer().status()).isEqualTo(404);
      assertThat(client.get("/after").text()).isEqualTo("get /after");
      assertThat(setting.pages().calls).hasSize(1);
    }
  }

  private static GatewayFixture trusting(String proxies) throws IOException {
    return new GatewayFixture(
        FakeUpstream::echo,
        plain ->
            new GatewaySettings(
                plain.bind(), TrustedProxies.parse(proxies), plain.limits(), plain.rejections()));
  }
}
