package io.letschat.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.engineio.packet.FragmentedMessage;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is just allowed, and what no longer is. */
class EngineBoundsTest {
  @Test
  void as_many_fragments_as_may_be_are_one_message() throws Exception {
    var settings = new EngineSettings.Builder().maxFragments(3).build();
    var message = new FragmentedMessage(ByteBufAllocator.DEFAULT, true, settings);
    try {
      for (int i = 0; i < 3; i++) {
        message.add(Unpooled.wrappedBuffer(new byte[] {'x'}));
      }
      assertThat(message.content().readableBytes()).isEqualTo(3);
      assertThatThrownBy(() -> message.add(Unpooled.EMPTY_BUFFER))
          .isInstanceOf(FragmentedMessage.TooLarge.class);
    } finally {
      message.release();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cross-site, FOREIGN",
    "Cross-Site, FOREIGN",
    "same-origin, OWN",
    "same-site, OWN",
    "none, OWN"
  })
  void what_a_browser_says_of_the_site_decides(String site, OriginPolicy.Verdict verdict) {
    var headers = new DefaultHttpHeaders().set("Sec-Fetch-Site", site).set("Host", "chat.example");

    assertThat(new OriginPolicy(origin -> false).of(headers)).isEqualTo(verdict);
  }
}
