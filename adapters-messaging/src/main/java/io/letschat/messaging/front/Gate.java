package io.letschat.messaging.front;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets only requests through that keep the {@link RequestRules}; the others are refused here. A
 * request that a trusted proxy forwarded gets the host that its client asked for, so that sockets
 * and pages agree on which origin is their own.
 */
final class Gate extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(Gate.class);

  private final RequestRules rules;
  private final TrustedProxies trusted;
  private final Exchange exchange;

  Gate(RequestRules rules, TrustedProxies trusted, Exchange exchange) {
    this.rules = rules;
    this.trusted = trusted;
    this.exchange = exchange;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (msg instanceof HttpRequest request) {
      rules
          .violation(request)
          .ifPresentOrElse(refusal -> refuse(msg, refusal), () -> pass(ctx, request));
    } else if (msg instanceof HttpObject object && object.decoderResult().isFailure()) {
      refuse(msg, Refusal.BAD_BODY);
    } else {
      ctx.fireChannelRead(msg);
    }
  }

  private void pass(ChannelHandlerContext ctx, HttpRequest request) {
    var host = Sender.of(ctx.channel().remoteAddress(), request.headers(), trusted).host();
    if (!host.isEmpty()) {
      request.headers().set(HttpHeaderNames.HOST, host);
    }
    ctx.fireChannelRead(request);
  }

  private void refuse(Object msg, Refusal refusal) {
    ReferenceCountUtil.release(msg);
    exchange.refuse(refusal);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      log.warn("closing a connection after an unexpected failure", cause);
    }
    ctx.close();
  }
}
