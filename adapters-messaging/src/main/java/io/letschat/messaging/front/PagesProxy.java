package io.letschat.messaging.front;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Last in the pipeline: whatever no handler before it took goes to the pages' server. */
final class PagesProxy extends ChannelInboundHandlerAdapter implements Sweep.Checked {
  private static final Logger log = LoggerFactory.getLogger(PagesProxy.class);

  private final Exchange exchange;
  private final PagesPool pool;
  private final PagesRequest requests;
  private final FrontLimits limits;
  private final Sweep sweep;
  private @Nullable Relay relay;

  PagesProxy(
      Exchange exchange, PagesPool pool, PagesRequest requests, FrontLimits limits, Sweep sweep) {
    this.exchange = exchange;
    this.pool = pool;
    this.requests = requests;
    this.limits = limits;
    this.sweep = sweep;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    sweep.add(ctx.channel().eventLoop(), this);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    sweep.remove(ctx.channel().eventLoop(), this);
    cancel();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (msg instanceof HttpRequest request) {
      begin(ctx, request);
    }
    if (msg instanceof HttpContent content && relay != null) {
      relay.fromClient(content);
    } else {
      ReferenceCountUtil.release(msg);
    }
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest request) {
    if (request
        .headers()
        .containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
      relay = null;
      exchange.answer(Refusal.NO_SOCKET_HERE);
      return;
    }
    var channel = ctx.channel();
    var passedOn =
        requests.from(
            request, channel.remoteAddress(), channel.localAddress(), exchange.requestId());
    relay = new Relay(ctx, exchange, pool, passedOn, limits);
    relay.start();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (relay != null) {
      relay.flushToPages();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (relay != null && ctx.channel().isWritable()) {
      relay.clientIsWritable();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == Exchange.ABORTED) {
      cancel();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    cancel();
  }

  private void cancel() {
    if (relay != null) {
      relay.cancel();
      relay = null;
    }
  }

  @Override
  public void check(long now) {
    if (relay != null) {
      relay.check(now);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      log.warn("closing a connection after an unexpected failure", cause);
    }
    ctx.close();
  }
}
