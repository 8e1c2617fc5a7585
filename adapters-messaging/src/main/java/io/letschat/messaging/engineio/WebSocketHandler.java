package io.letschat.messaging.engineio;

import io.letschat.messaging.front.Reading;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the frames of one WebSocket, either for the session that it carries or for one that it
 * probes for. Frames are written as bytes, by whoever has them.
 */
final class WebSocketHandler extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(WebSocketHandler.class);

  private static final int CLOSE_OPCODE = 0x88;
  private static final int PONG_OPCODE = 0x8a;
  private static final int TEXT_OPCODE = 0x81;
  private static final int CLOSE_WAIT_SECONDS = 5;

  /** Pongs for pings that a client sends faster than it reads are dropped. */
  private final EngineSettings settings;

  private @Nullable EngineSession session;
  private @Nullable UpgradeProbe probe;
  private boolean closing;

  private @Nullable CompositeByteBuf fragments;
  private boolean fragmentsAreText;
  private int fragmentCount;

  WebSocketHandler(EngineSettings settings) {
    this.settings = settings;
  }

  void carry(EngineSession carried) {
    session = carried;
  }

  void probe(EngineSession target, UpgradeProbe started) {
    session = target;
    probe = started;
  }

  // ---- what others do to a WebSocket channel, from any thread

  /** Writes a short text frame. */
  static void text(Channel channel, String text) {
    channel.writeAndFlush(
        shortFrame(
            TEXT_OPCODE, Unpooled.copiedBuffer(text, java.nio.charset.StandardCharsets.UTF_8)));
  }

  private static ByteBuf shortFrame(int opcode, ByteBuf payload) {
    ByteBuf header = Unpooled.buffer(2).writeByte(opcode).writeByte(payload.readableBytes());
    return Unpooled.wrappedBuffer(header, payload);
  }

  static void pause(Channel channel, Object holder) {
    channel.eventLoop().execute(() -> Reading.of(channel).hold(holder));
  }

  static void resume(Channel channel, Object holder) {
    channel.eventLoop().execute(() -> Reading.of(channel).release(holder));
  }

  /** Sends a close frame and closes; a client that is slow or silent is cut off. */
  static void close(Channel channel, CloseReason reason) {
    boolean cut = reason == CloseReason.SLOW_CLIENT || reason == CloseReason.PING_TIMEOUT;
    try {
      channel
          .eventLoop()
          .execute(() -> {
            WebSocketHandler handler = channel.pipeline().get(WebSocketHandler.class);
            if (handler != null) {
              handler.startClosing(channel, cut);
            } else {
              channel.close();
            }
          });
    } catch (java.util.concurrent.RejectedExecutionException e) {
      channel.close();
    }
  }

  private void startClosing(Channel channel, boolean cut) {
    if (closing) {
      return;
    }
    closing = true;
    closeWith(channel, Unpooled.EMPTY_BUFFER);
    if (cut && !channel.isWritable()) {
      channel.close();
    }
  }

  private static void closeWith(Channel channel, ByteBuf payload) {
    channel
        .writeAndFlush(shortFrame(CLOSE_OPCODE, payload))
        .addListener(ChannelFutureListener.CLOSE);
    channel.eventLoop().schedule(() -> channel.close(), CLOSE_WAIT_SECONDS, TimeUnit.SECONDS);
  }

  // ---- frames

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (!(msg instanceof WebSocketFrame frame)) {
      ctx.fireChannelRead(msg);
      return;
    }
    try {
      if (!closing) {
        onFrame(ctx, frame);
      }
    } catch (ReceivedPacket.Malformed e) {
      settings.refusals().refused(Refusal.MALFORMED_PACKET);
      fail(ctx, CloseReason.PARSE_ERROR, 1007);
    } finally {
      frame.release();
    }
  }

  private void onFrame(ChannelHandlerContext ctx, WebSocketFrame frame)
      throws ReceivedPacket.Malformed {
    switch (frame) {
      case TextWebSocketFrame text -> onData(ctx, text, true);
      case BinaryWebSocketFrame binary -> onData(ctx, binary, false);
      case ContinuationWebSocketFrame more -> onContinuation(ctx, more);
      case PingWebSocketFrame ping -> {
        if (ctx.channel().isWritable()) {
          ctx.writeAndFlush(shortFrame(PONG_OPCODE, Unpooled.copiedBuffer(ping.content())));
        }
      }
      case CloseWebSocketFrame close -> {
        closing = true;
        ByteBuf status =
            close.content().readableBytes() >= 2
                ? Unpooled.copiedBuffer(close.content().slice(close.content().readerIndex(), 2))
                : Unpooled.EMPTY_BUFFER;
        closeWith(ctx.channel(), status);
        gone(CloseReason.TRANSPORT_CLOSE);
      }
      // A pong, asked for or not, means nothing here.
      default -> {}
    }
  }

  private void onData(ChannelHandlerContext ctx, WebSocketFrame frame, boolean text)
      throws ReceivedPacket.Malformed {
    if (frame.isFinalFragment()) {
      onMessage(text, frame.content());
      return;
    }
    fragments = ctx.alloc().compositeBuffer(Integer.MAX_VALUE);
    fragmentsAreText = text;
    fragmentCount = 0;
    append(ctx, frame);
  }

  private void onContinuation(ChannelHandlerContext ctx, WebSocketFrame frame)
      throws ReceivedPacket.Malformed {
    append(ctx, frame);
    CompositeByteBuf gathered = fragments;
    if (gathered != null && frame.isFinalFragment()) {
      fragments = null;
      try {
        onMessage(fragmentsAreText, gathered);
      } finally {
        gathered.release();
      }
    }
  }

  private void append(ChannelHandlerContext ctx, WebSocketFrame frame) {
    CompositeByteBuf gathered = fragments;
    if (gathered == null) {
      return;
    }
    if (++fragmentCount > settings.maxFragments()
        || gathered.readableBytes() + frame.content().readableBytes() > settings.maxPayload()) {
      dropFragments();
      settings.refusals().refused(Refusal.PAYLOAD_TOO_LARGE);
      fail(ctx, CloseReason.TRANSPORT_ERROR, 1009);
    } else {
      gathered.writeBytes(frame.content());
    }
  }

  private void onMessage(boolean text, ByteBuf content) throws ReceivedPacket.Malformed {
    EngineSession target = session;
    if (target == null) {
      return;
    }
    ReceivedPacket packet =
        text
            ? PacketDecoder.text(target.version(), PacketDecoder.utf8(content))
            : PacketDecoder.binary(target.version(), ByteBufUtil.getBytes(content));
    UpgradeProbe probing = probe;
    if (probing == null) {
      target.onPacket(packet);
    } else if (probing.onPacket(packet)) {
      probe = null;
    }
  }

  // ---- ends

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    EngineSession carried = session;
    if (carried != null && probe == null && ctx.channel().isWritable()) {
      carried.onWebSocketWritable();
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException corrupted) {
      settings.refusals().refused(Refusal.MALFORMED_FRAME);
      fail(ctx, CloseReason.TRANSPORT_ERROR, corrupted.closeStatus().code());
    } else {
      log.debug("WebSocket of {} failed", ctx.channel().remoteAddress(), cause);
      ctx.close();
    }
  }

  private void fail(ChannelHandlerContext ctx, CloseReason reason, int status) {
    if (!closing) {
      closing = true;
      closeWith(ctx.channel(), Unpooled.buffer(2).writeShort(status));
    }
    gone(reason);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    dropFragments();
    gone(CloseReason.TRANSPORT_CLOSE);
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    dropFragments();
  }

  private void gone(CloseReason reason) {
    EngineSession target = session;
    UpgradeProbe probing = probe;
    session = null;
    probe = null;
    if (probing != null) {
      probing.fail();
    } else if (target != null) {
      target.end(reason);
    }
  }

  private void dropFragments() {
    CompositeByteBuf gathered = fragments;
    fragments = null;
    if (gathered != null) {
      gathered.release();
    }
  }
}
