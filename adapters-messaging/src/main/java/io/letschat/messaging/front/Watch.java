package io.letschat.messaging.front;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Ends connections whose client is too slow: with its headers, with its body, with reading the
 * answer, or with anything at all between requests. Time in which we do not read counts against
 * nobody. First in the pipeline, where it sees bytes.
 */
final class Watch extends ChannelInboundHandlerAdapter implements Sweep.Checked {
  private final FrontLimits limits;
  private final Sweep sweep;
  private final RequestDecoder decoder;
  private final Exchange exchange;
  private final FrontSettings.Refusals refusals;
  private final Channel channel;

  private long lastBytes = System.nanoTime();
  private long bodyOf;
  private long bodySince;
  private long bodyBytes;
  private long bodyBytesBefore;
  private long bodyMoved;
  private long overSince;
  private long unread;
  private long unreadSince;

  Watch(
      FrontLimits limits,
      Sweep sweep,
      RequestDecoder decoder,
      Exchange exchange,
      FrontSettings.Refusals refusals,
      Channel channel) {
    this.limits = limits;
    this.sweep = sweep;
    this.decoder = decoder;
    this.exchange = exchange;
    this.refusals = refusals;
    this.channel = channel;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    sweep.add(channel.eventLoop(), this);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    sweep.remove(channel.eventLoop(), this);
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
    if (exchange.isOver()) {
      checkWindingUp(now);
      return;
    }
    boolean reading = !Reading.of(channel).isHeld();
    if (!reading || exchange.isInFlight()) {
      decoder.restartHead(now);
      lastBytes = now;
    } else if (decoder.isInHead()) {
      if (now - decoder.headSince() > limits.headersWithin().toNanos()) {
        exchange.refuse(Refusal.SLOW_HEADERS);
      }
    } else if (now - lastBytes > limits.idle().toNanos()) {
      channel.close();
    }
    checkBody(now, reading);
    checkUnread(now);
  }

  /** Neither may a body come too slowly on the whole, nor may it stop after a quick start. */
  private void checkBody(long now, boolean reading) {
    if (!reading || !exchange.isReceivingBody() || exchange.number() != bodyOf) {
      bodyOf = exchange.number();
      bodySince = now;
      bodyBytes = 0;
    }
    if (bodyBytes != bodyBytesBefore || bodySince == now) {
      bodyBytesBefore = bodyBytes;
      bodyMoved = now;
    }
    long grace = limits.bodyGrace().toNanos();
    double earned = bodyBytes * 1e9 / limits.bodyBytesPerSecond();
    if (now - bodyMoved > grace || now - bodySince - grace > earned) {
      exchange.refuse(Refusal.SLOW_BODY);
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
      refusals.refused("slow_reader");
      exchange.cut();
    }
  }

  private void checkWindingUp(long now) {
    if (overSince == 0) {
      overSince = now;
      lastBytes = now;
    }
    if (now - lastBytes > limits.lingerIdle().toNanos()
        || now - overSince > limits.lingerTotal().toNanos()) {
      channel.close();
    }
  }
}
