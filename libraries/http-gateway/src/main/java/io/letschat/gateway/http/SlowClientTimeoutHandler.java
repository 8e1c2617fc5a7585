package io.letschat.gateway.http;

import io.letschat.gateway.GatewayLimits;
import io.letschat.gateway.GatewaySettings;
import io.letschat.netty.http.ReadControl;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Ends connections whose client is too slow: with its headers, with its body, with reading the
 * answer, or with anything at all between requests. Time in which we do not read counts against
 * nobody. First in the pipeline, where it sees bytes.
 */
public final class SlowClientTimeoutHandler extends ChannelInboundHandlerAdapter
    implements DeadlineSweeper.Checked {
  private final GatewayLimits limits;
  private final DeadlineSweeper deadlineSweeper;
  private final RequestDecoder decoder;
  private final HttpExchange httpExchange;
  private final GatewaySettings.RejectionListener rejections;
  private final Channel channel;

  private long lastBytes = System.nanoTime();
  private long bodyOf;
  private long bodySince;
  private long bodyBytes;
  private long bodyBytesBefore;
  private long bodyProgressAt;
  private long closingSince;
  private long unread;
  private long unreadSince;

  public SlowClientTimeoutHandler(
      GatewayLimits limits,
      DeadlineSweeper deadlineSweeper,
      RequestDecoder decoder,
      HttpExchange httpExchange,
      GatewaySettings.RejectionListener rejections,
      Channel channel) {
    this.limits = limits;
    this.deadlineSweeper = deadlineSweeper;
    this.decoder = decoder;
    this.httpExchange = httpExchange;
    this.rejections = rejections;
    this.channel = channel;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    deadlineSweeper.add(channel.eventLoop(), this);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    deadlineSweeper.remove(channel.eventLoop(), this);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (msg instanceof ByteBuf bytes) {
      lastBytes = System.nanoTime();
      bodyBytes += bytes.readableBytes();
    }
    ctx.fireChannelRead(msg);
  }

  @Override
  public void check(long now) {
    if (!channel.isOpen()) {
      return;
    }
    if (httpExchange.isClosing()) {
      checkClosing(now);
      return;
    }
    boolean reading = !ReadControl.of(channel).isHeld();
    if (!reading || httpExchange.isInFlight()) {
      decoder.restartHeaderTimeout(now);
      lastBytes = now;
    } else if (decoder.isInHeader()) {
      if (now - decoder.headerSince() > limits.headersWithin().toNanos()) {
        httpExchange.rejectAndClose(HttpRejection.SLOW_HEADERS);
      }
    } else if (now - lastBytes > limits.idle().toNanos()) {
      channel.close();
    }
    checkBody(now, reading);
    checkUnread(now);
  }

  /** Neither may a body come too slowly on the whole, nor may it stop after a quick start. */
  private void checkBody(long now, boolean reading) {
    if (!reading || !httpExchange.isReceivingBody() || httpExchange.number() != bodyOf) {
      bodyOf = httpExchange.number();
      bodySince = now;
      bodyBytes = 0;
    }
    if (bodyBytes != bodyBytesBefore || bodySince == now) {
      bodyBytesBefore = bodyBytes;
      bodyProgressAt = now;
    }
    long grace = limits.bodyGrace().toNanos();
    double earned = bodyBytes * 1e9 / limits.bodyBytesPerSecond();
    if (now - bodyProgressAt > grace || now - bodySince - grace > earned) {
      httpExchange.rejectAndClose(HttpRejection.SLOW_BODY);
    }
  }

  private void checkUnread(long now) {
    var buffer = channel.unsafe().outboundBuffer();
    if (buffer == null || buffer.isEmpty()) {
      unreadSince = now;
      return;
    }
    long state =
        31 * (31 * buffer.totalPendingWriteBytes() + buffer.currentProgress())
            + System.identityHashCode(buffer.current());
    if (state != unread) {
      unread = state;
      unreadSince = now;
    } else if (now - unreadSince > limits.unreadWithin().toNanos()) {
      rejections.rejected("slow_reader");
      httpExchange.abort();
    }
  }

  private void checkClosing(long now) {
    if (closingSince == 0) {
      closingSince = now;
      lastBytes = now;
    }
    if (now - lastBytes > limits.lingerIdle().toNanos()
        || now - closingSince > limits.lingerTotal().toNanos()) {
      channel.close();
    }
  }
}
