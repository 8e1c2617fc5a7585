package io.letschat.socketio.standalone;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;

/** Answers what nobody else wants: 404, or 400 when it is no HTTP. */
public final class NotFoundHandler extends ChannelInboundHandlerAdapter {
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    try {
      if (msg instanceof HttpRequest request) {
        answer(ctx, request);
      } else if (msg instanceof HttpObject object && object.decoderResult().isFailure()) {
        ctx.close();
      }
    } finally {
      ReferenceCountUtil.release(msg);
    }
  }

  private static void answer(ChannelHandlerContext ctx, HttpRequest request) {
    boolean broken = request.decoderResult().isFailure();
    boolean stay = !broken && HttpUtil.isKeepAlive(request);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            broken ? HttpResponseStatus.BAD_REQUEST : HttpResponseStatus.NOT_FOUND,
            Unpooled.EMPTY_BUFFER);
    HttpUtil.setContentLength(response, 0);
    response
        .headers()
        .set(
            HttpHeaderNames.CONNECTION,
            stay ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
    var written = ctx.writeAndFlush(response);
    if (!stay) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
