package io.letschat.engineio.websocket;

import io.letschat.engineio.CloseReason;
import io.letschat.netty.http.ReadControl;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * What is done to the channel of a WebSocket from elsewhere, on any thread. Control frames are
 * written as bytes, which are short and not masked (RFC 6455, 5.5): Netty's frame encoder would be
 * one more handler for every connection, and data frames, encoded once for all, would pass it by.
 */
public final class WebSocketChannel {
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

  public static void pause(Channel channel, Object holder) {
    onLoop(channel, () -> ReadControl.of(channel).hold(holder));
  }

  public static void resume(Channel channel, Object holder) {
    onLoop(channel, () -> ReadControl.of(channel).release(holder));
  }

  /**
   * Sends a close frame, as Node without a status, and closes; a slow client is cut off. Where the
   * client shall come back the connection just ends.
   */
  public static void close(Channel channel, CloseReason reason) {
    onLoop(
        channel,
        () -> {
          WebSocketHandler handler = channel.pipeline().get(WebSocketHandler.class);
          if (handler == null || reason == CloseReason.SLOW_CLIENT) {
            channel.close();
          } else if (handler.startClosing()) {
            closeAfter(
                channel,
                reason.expectsReconnect()
                    ? Unpooled.EMPTY_BUFFER
                    : frame(CLOSE, Unpooled.EMPTY_BUFFER));
          }
        });
  }

  /** Sends a close frame with a status and closes. */
  static void closeWith(Channel channel, int status) {
    closeAfter(channel, frame(CLOSE, Unpooled.buffer(2).writeShort(status)));
  }

  /** Answers a client's close frame, which may have come without a status: that is -1. */
  static void echoClose(Channel channel, int status) {
    if (status < 0) {
      closeAfter(channel, frame(CLOSE, Unpooled.EMPTY_BUFFER));
    } else {
      closeWith(channel, status);
    }
  }

  private static void closeAfter(Channel channel, ByteBuf last) {
    var cutOff =
        channel.eventLoop().schedule(() -> channel.close(), CLOSE_WAIT_SECONDS, TimeUnit.SECONDS);
    channel
        .writeAndFlush(last)
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
