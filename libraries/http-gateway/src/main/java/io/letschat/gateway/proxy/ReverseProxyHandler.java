package io.letschat.gateway.proxy;

import io.letschat.gateway.GatewayLimits;
import io.letschat.gateway.http.DeadlineSweeper;
import io.letschat.gateway.http.HttpExchange;
import io.letschat.gateway.http.HttpRejection;
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

/** Last in the pipeline: whatever no handler before it took goes to the upstream server. */
public final class ReverseProxyHandler extends ChannelInboundHandlerAdapter
    implements DeadlineSweeper.Checked {
  private static final Logger log = LoggerFactory.getLogger(ReverseProxyHandler.class);

  private final HttpExchange httpExchange;
  private final UpstreamPool pool;
  private final UpstreamRequestFactory requests;
  private final GatewayLimits limits;
  private final DeadlineSweeper deadlineSweeper;
  private @Nullable ProxyExchange proxyExchange;

  public ReverseProxyHandler(
      HttpExchange httpExchange,
      UpstreamPool pool,
      UpstreamRequestFactory requests,
      GatewayLimits limits,
      DeadlineSweeper deadlineSweeper) {
    this.httpExchange = httpExchange;
    this.pool = pool;
    this.requests = requests;
    this.limits = limits;
    this.deadlineSweeper = deadlineSweeper;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    deadlineSweeper.add(ctx.channel().eventLoop(), this);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    deadlineSweeper.remove(ctx.channel().eventLoop(), this);
    cancel();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (msg instanceof HttpRequest request) {
      begin(ctx, request);
    }
    if (msg instanceof HttpContent content && proxyExchange != null) {
      proxyExchange.fromClient(content);
    } else {
      ReferenceCountUtil.release(msg);
    }
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest request) {
    if (request
        .headers()
        .containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
      proxyExchange = null;
      httpExchange.answer(HttpRejection.NO_SOCKET_HERE);
      return;
    }
    var channel = ctx.channel();
    var passedOn =
        requests.from(
            request, channel.remoteAddress(), channel.localAddress(), httpExchange.requestId());
    proxyExchange = new ProxyExchange(ctx, httpExchange, pool, passedOn, limits);
    proxyExchange.start();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (proxyExchange != null) {
      proxyExchange.flushUpstream();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (proxyExchange != null && ctx.channel().isWritable()) {
      proxyExchange.clientIsWritable();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == HttpExchange.ABORTED) {
      cancel();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    cancel();
  }

  private void cancel() {
    if (proxyExchange != null) {
      proxyExchange.cancel();
      proxyExchange = null;
    }
  }

  @Override
  public void check(long now) {
    if (proxyExchange != null) {
      proxyExchange.check(now);
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
