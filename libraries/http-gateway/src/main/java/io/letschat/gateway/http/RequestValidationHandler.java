package io.letschat.gateway.http;

import io.letschat.gateway.ClientInfo;
import io.letschat.gateway.TrustedProxies;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Date;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets only requests through that keep the {@link RequestRules}; the others are refused here. A
 * request that a trusted proxy forwarded gets the host that its client asked for, so that sockets
 * and pages agree on which origin is their own. Neither sees the base path below which a proxy
 * shows them.
 */
public final class RequestValidationHandler extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(RequestValidationHandler.class);

  private final RequestRules rules;
  private final TrustedProxies trusted;
  private final UnaryOperator<String> targets;
  private final HttpExchange httpExchange;

  /** Whether the rest of the current request concerns nobody behind. */
  private boolean answeredHere;

  public RequestValidationHandler(
      RequestRules rules,
      TrustedProxies trusted,
      UnaryOperator<String> targets,
      HttpExchange httpExchange) {
    this.rules = rules;
    this.trusted = trusted;
    this.targets = targets;
    this.httpExchange = httpExchange;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (msg instanceof HttpRequest) {
      answeredHere = false;
    }
    if (answeredHere) {
      ReferenceCountUtil.release(msg);
    } else if (msg instanceof HttpRequest request) {
      rules
          .violation(request)
          .ifPresentOrElse(httpRejection -> refuse(msg, httpRejection), () -> pass(ctx, request));
    } else if (msg instanceof HttpObject object && object.decoderResult().isFailure()) {
      refuse(msg, HttpRejection.BAD_BODY);
    } else {
      ctx.fireChannelRead(msg);
    }
  }

  private void pass(ChannelHandlerContext ctx, HttpRequest request) {
    if (RequestRules.isForWholeServer(request)) {
      answeredHere = true;
      ReferenceCountUtil.release(request);
      ctx.channel().writeAndFlush(whatIsServed());
      return;
    }
    var host = ClientInfo.of(ctx.channel().remoteAddress(), request.headers(), trusted).host();
    if (!host.isEmpty()) {
      request.headers().set(HttpHeaderNames.HOST, host);
    }
    request.setUri(targets.apply(request.uri()));
    ctx.fireChannelRead(request);
  }

  /** RFC 9110, 9.3.7: {@code OPTIONS *} asks about no resource, so nobody behind is asked. */
  private static FullHttpResponse whatIsServed() {
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.EMPTY_BUFFER);
    response
        .headers()
        .set(HttpHeaderNames.ALLOW, RequestRules.METHODS_SERVED)
        .set(HttpHeaderNames.DATE, DateFormatter.format(new Date()))
        .setInt(HttpHeaderNames.CONTENT_LENGTH, 0);
    return response;
  }

  private void refuse(Object msg, HttpRejection httpRejection) {
    ReferenceCountUtil.release(msg);
    httpExchange.rejectAndClose(httpRejection);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      log.warn("closing a connection after an unexpected failure", cause);
    }
    ctx.close();
  }
}
