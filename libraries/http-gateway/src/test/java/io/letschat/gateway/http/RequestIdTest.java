package io.letschat.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.gateway.GatewaySettings;
import io.letschat.gateway.TrustedProxies;
import io.letschat.gateway.fixture.FakeUpstream;
import io.letschat.gateway.fixture.GatewayFixture;
import io.letschat.gateway.fixture.RawClient;
import io.letschat.netty.testing.NoLeaks;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** By which id a request is known to the pages, to the client and to the proxy before us. */
@ExtendWith(NoLeaks.class)
class RequestIdTest {
  private static final String MADE = "[0-9a-f]{32}";

  @Test
  void the_id_of_a_stranger_is_replaced_and_each_request_has_another() throws Exception {
    try (var setting = new GatewayFixture(FakeUpstream::echo);
        var client = setting.client()) {
      String first = asked(client, "X-Request-Id: stranger-1\r\n");
      String second = asked(client, "");

      assertThat(first).matches(MADE);
      assertThat(second).matches(MADE).isNotEqualTo(first);
      assertThat(setting.nextCall().all("x-request-id")).containsExactly(first);
      assertThat(setting.nextCall().all("x-request-id")).containsExactly(second);
    }
  }

  @Test
  void the_id_of_a_trusted_proxy_is_kept_if_it_is_one() throws Exception {
    try (var setting = trusting("loopback");
        var client = setting.client()) {
      assertThat(asked(client, "X-Request-Id: 7f00:0001_a=b/c+d@e.f-9\r\n"))
          .isEqualTo("7f00:0001_a=b/c+d@e.f-9");
      assertThat(setting.nextCall().all("x-request-id")).containsExactly("7f00:0001_a=b/c+d@e.f-9");
      for (String malformed :
          new String[] {
            "X-Request-Id: two words\r\n",
            "X-Request-Id: {\"a\":1}\r\n",
            "X-Request-Id:\r\n",
            "X-Request-Id: -\r\n",
            "X-Request-Id: " + "x".repeat(129) + "\r\n",
            "X-Request-Id: one\r\nX-Request-Id: two\r\n"
          }) {
        assertThat(asked(client, malformed)).as(malformed).matches(MADE);
      }
    }
  }

  @Test
  void what_the_front_refuses_has_an_id_as_well() throws Exception {
    try (var setting = trusting("loopback");
        var client = setting.client()) {
      client.send("TRACE / HTTP/1.1\r\nHost: a\r\nX-Request-Id: proxy-1\r\n\r\n");

      RawClient.Answer answer = client.answer();

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.all("x-request-id")).containsExactly("proxy-1");
    }
  }

  private static String asked(RawClient client, String header) throws Exception {
    client.send("GET / HTTP/1.1\r\nHost: a\r\n" + header + "\r\n");
    return client.answer().header("x-request-id");
  }

  private static GatewayFixture trusting(String proxies) throws IOException {
    return new GatewayFixture(
        FakeUpstream::echo,
        plain ->
            new GatewaySettings(
                plain.bind(), TrustedProxies.parse(proxies), plain.limits(), plain.rejections()));
  }
}
