package io.letschat.engineio.websocket;

import io.letschat.engineio.CloseReason;
import io.letschat.engineio.EngineRejectReason;
import io.letschat.engineio.EngineSettings;
import io.letschat.engineio.packet.FragmentedMessage;
import io.letschat.engineio.packet.PacketDecoder;
import io.letschat.engineio.packet.ReceivedPacket;
import io.letschat.engineio.session.EngineSession;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the frames of one WebSocket, either for the session that it carries or for one that it
 * probes for. Frames are written as bytes, by whoever has them.
 */
final class WebSocketHandler extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(WebSocketHandler.class);

  private final EngineSettings settings;
  private @Nullable EngineSession session;
  private @Nullable UpgradeProbe probe;
  private @Nullable FragmentedMessage fragments;
  private boolean closing;

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

  /** What comes from now on is ignored; false when it was so before. */
  boolean startClosing() {
    boolean now = !closing;
    closing = true;
    return now;
  }

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
      settings.rejections().rejected(EngineRejectReason.MALFORMED_PACKET);
      fail(ctx, CloseReason.PARSE_ERROR, WebSocketCloseStatus.INVALID_PAYLOAD_DATA);
    } catch (FragmentedMessage.TooLarge e) {
      settings.rejections().rejected(EngineRejectReason.PAYLOAD_TOO_LARGE);
      fail(ctx, CloseReason.TRANSPORT_ERROR, WebSocketCloseStatus.MESSAGE_TOO_BIG);
    } finally {
      frame.release();
    }
  }

  private void onFrame(ChannelHandlerContext ctx, WebSocketFrame frame)
      throws ReceivedPacket.Malformed, FragmentedMessage.TooLarge {
    switch (frame) {
      case TextWebSocketFrame text -> onData(ctx, text, true);
      case BinaryWebSocketFrame binary -> onData(ctx, binary, false);
      case ContinuationWebSocketFrame more -> onContinuation(more);
      case PingWebSocketFrame ping -> {
        // A client that pings faster than it reads gets no more pongs.
        if (ctx.channel().isWritable()) {
          WebSocketChannel.pong(ctx.channel(), Unpooled.copiedBuffer(ping.content()));
        }
      }
      case CloseWebSocketFrame close -> {
        closing = true;
        WebSocketChannel.echoClose(ctx.channel(), close.statusCode());
        onDisconnected(CloseReason.TRANSPORT_CLOSE);
      }
      // A pong, asked for or not, means nothing here.
      default -> {}
    }
  }

  private void onData(ChannelHandlerContext ctx, WebSocketFrame frame, boolean text)
      throws ReceivedPacket.Malformed, FragmentedMessage.TooLarge {
    if (frame.isFinalFragment()) {
      onMessage(text, frame.content());
    } else {
      fragments = new FragmentedMessage(ctx.alloc(), text, settings);
      fragments.add(frame.content());
    }
  }

  private void onContinuation(ContinuationWebSocketFrame frame)
      throws ReceivedPacket.Malformed, FragmentedMessage.TooLarge {
    FragmentedMessage message = fragments;
    if (message == null) {
      return;
    }
    message.add(frame.content());
    if (frame.isFinalFragment()) {
      fragments = null;
      try {
        onMessage(message.isText(), message.content());
      } finally {
        message.release();
      }
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
      target.receiver().onPacket(packet);
    } else if (probing.onPacket(packet)) {
      probe = null;
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    EngineSession carried = session;
    if (carried != null && probe == null && ctx.channel().isWritable()) {
      carried.sender().onWritable();
    }
    ctx.fireChannelWritabilityChanged();
  }

  // ---- ends

  /** WebSocket ends by close frames: who sends no more is gone. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      ctx.close();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException corrupted) {
      settings.rejections().rejected(EngineRejectReason.MALFORMED_FRAME);
      fail(ctx, CloseReason.TRANSPORT_ERROR, corrupted.closeStatus());
    } else {
      log.debug("WebSocket of {} failed", ctx.channel().remoteAddress(), cause);
      ctx.close();
    }
  }

  private void fail(ChannelHandlerContext ctx, CloseReason reason, WebSocketCloseStatus status) {
    if (startClosing()) {
      WebSocketChannel.closeWith(ctx.channel(), status.code());
    }
    onDisconnected(reason);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    onDisconnected(CloseReason.TRANSPORT_CLOSE);
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    dropFragments();
  }

  private void onDisconnected(CloseReason reason) {
    dropFragments();
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
    FragmentedMessage dropped = fragments;
    fragments = null;
    if (dropped != null) {
      dropped.release();
    }
  }
}
