package io.letschat.messaging.front;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets only requests through that keep the {@link RequestRules}; the others are refused here. */
final class Gate extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(Gate.class);

  private final RequestRules rules;
  private final Exchange exchange;

  Gate(RequestRules rules, Exchange exchange) {
    this.rules = rules;
    this.exchange = exchange;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (msg instanceof HttpRequest request) {
      rules
          .violation(request)
          .ifPresentOrElse(refusal -> refuse(msg, refusal), () -> ctx.fireChannelRead(msg));
    } else if (msg instanceof HttpObject object && object.decoderResult().isFailure()) {
      refuse(msg, Refusal.BAD_BODY);
    } else {
      ctx.fireChannelRead(msg);
    }
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
