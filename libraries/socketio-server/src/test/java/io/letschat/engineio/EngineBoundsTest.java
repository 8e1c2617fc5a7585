package io.letschat.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.engineio.packet.FragmentedMessage;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

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
}
