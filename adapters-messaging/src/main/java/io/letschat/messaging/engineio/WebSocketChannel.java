package io.letschat.messaging.engineio;

import io.letschat.messaging.front.Reading;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is done to the channel of a WebSocket from elsewhere, on any thread. Control frames are
 * written as bytes: they are at most 125 bytes long and masked by clients only (RFC 6455, 5.5).
 */
final class WebSocketChannel {
  private static final int TEXT = 0x81;
  private static final int CLOSE = 0x88;
  private static final int PONG = 0x8a;

  /** How long a client may take to read the close frame. */
  private static final int CLOSE_WAIT_SECONDS = 5;

  private WebSocketChannel() {}

  static void text(Channel channel, String text) {
    channel.writeAndFlush(frame(TEXT, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8)));
  }

  /** Takes over the payload. */
  static void pong(Channel channel, ByteBuf payload) {
    channel.writeAndFlush(frame(PONG, payload));
  }

  private static ByteBuf frame(int opcode, ByteBuf payload) {
    ByteBuf header = Unpooled.buffer(2).writeByte(opcode).writeByte(payload.readableBytes());
    return Unpooled.wrappedBuffer(header, payload);
  }

  static void pause(Channel channel, Object holder) {
    onLoop(channel, () -> Reading.of(channel).hold(holder));
  }

  static void resume(Channel channel, Object holder) {
    onLoop(channel, () -> Reading.of(channel).release(holder));
  }

  /** Sends a close frame, as Node without a status, and closes; a slow client is cut off. */
  static void close(Channel channel, CloseReason reason) {
    onLoop(
        channel,
        () -> {
          WebSocketHandler handler = channel.pipeline().get(WebSocketHandler.class);
          if (handler == null || reason == CloseReason.SLOW_CLIENT) {
            channel.close();
          } else if (handler.startClosing()) {
            closeWith(channel, null);
          }
        });
  }

  /** Sends a close frame with a status and closes. */
  static void closeWith(Channel channel, @Nullable Integer status) {
    ByteBuf payload =
        status == null ? Unpooled.EMPTY_BUFFER : Unpooled.buffer(2).writeShort(status);
    var cutOff =
        channel.eventLoop().schedule(() -> channel.close(), CLOSE_WAIT_SECONDS, TimeUnit.SECONDS);
    channel
        .writeAndFlush(frame(CLOSE, payload))
        .addListener(ChannelFutureListener.CLOSE)
        .addListener(sent -> cutOff.cancel(false));
  }

  private static void onLoop(Channel channel, Runnable task) {
    try {
      channel.eventLoop().execute(task);
    } catch (RejectedExecutionException e) {
      // The event loop has ended, and the channel with it.
      channel.close();
    }
  }
}
