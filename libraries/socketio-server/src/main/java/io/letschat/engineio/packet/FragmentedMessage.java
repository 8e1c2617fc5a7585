package io.letschat.engineio.packet;

import io.letschat.engineio.EngineSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * A WebSocket message that comes in several frames. Netty's {@code WebSocketFrameAggregator} bounds
 * the bytes only: empty frames without end would be one message for ever.
 */
public final class FragmentedMessage {
  /** More bytes, or more frames, than the settings allow. */
  public static final class TooLarge extends Exception {
    TooLarge() {
      super("message too large", null, false, false);
    }
  }

  private final boolean text;
  private final EngineSettings settings;
  private final ByteBuf content;
  private int frames;

  public FragmentedMessage(ByteBufAllocator allocator, boolean text, EngineSettings settings) {
    this.text = text;
    this.settings = settings;
    this.content = allocator.buffer(256);
  }

  public void add(ByteBuf fragment) throws TooLarge {
    frames++;
    if (frames > settings.maxFragments()
        || content.readableBytes() + fragment.readableBytes() > settings.maxPayload()) {
      throw new TooLarge();
    }
    content.writeBytes(fragment);
  }

  public boolean isText() {
    return text;
  }

  public ByteBuf content() {
    return content;
  }

  public void release() {
    content.release();
  }
}
