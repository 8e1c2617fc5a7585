package io.letschat.netty.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

class NoLeaksTest {
  @Test
  void a_buffer_that_nobody_releases_is_noticed() throws InterruptedException {
    ByteBufAllocator.DEFAULT.directBuffer(16).writeByte(1);

    boolean noticed = false;
    for (int i = 0; i < 100 && !noticed; i++) {
      noticed = NoLeaks.leaksSoFar().poll() != null;
    }

    assertThat(noticed).isTrue();
  }
}
