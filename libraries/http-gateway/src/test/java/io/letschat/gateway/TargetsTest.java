package io.letschat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.gateway.fixture.FakeUpstream;
import io.letschat.gateway.fixture.GatewayFixture;
import io.letschat.netty.testing.NoLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class TargetsTest {
  @Test
  void pages_and_sockets_see_no_base_path_whether_the_proxy_cut_it_off_or_not() throws Exception {
    try (var setting =
            new GatewayFixture(
                FakeUpstream::echo,
                plain ->
                    new GatewaySettings(
                        plain.bind(),
                        plain.trusted(),
                        plain.limits(),
                        plain.rejections(),
                        TargetsTest::withoutBase));
        var client = setting.client()) {
      assertThat(client.get("/chat/login?next=/chat/x").text())
          .isEqualTo("get /login?next=/chat/x");
      assertThat(client.get("/login").text()).isEqualTo("get /login");
      assertThat(client.get("/chat").text()).isEqualTo("get /");
      assertThat(client.get("/chatter").text()).isEqualTo("get /chatter");
      assertThat(client.get("/chat/socket.io/?EIO=4").text())
          .isEqualTo("socket /socket.io/?EIO=4")
          .isEqualTo(client.get("/socket.io/?EIO=4").text());
    }
  }

  /** As the program does with its {@code BASE_PATH}. */
  private static String withoutBase(String target) {
    String rest = target.replaceFirst("^/chat(?=[/?]|$)", "");
    return rest.startsWith("/") ? rest : "/" + rest;
  }
}
