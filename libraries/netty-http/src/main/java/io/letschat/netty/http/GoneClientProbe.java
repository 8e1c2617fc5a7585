package io.letschat.netty.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Tells a client that has closed its sending half and waits for its answer from one that is gone.
 * Both look the same until something is written, so an interim response is: a client that waits
 * skips it (RFC 9110, 15.2), and the system of one that is gone resets the connection, which the
 * next write notices.
 */
final class GoneClientProbe {
  /**
   * The first is long enough for whatever is answered at once, since simple programs take the first
   * status for the answer; the others leave time for a reset. After the last, the time limits end
   * what nobody waits for.
   */
  private static final int[] PAUSES_MILLIS = {1_000, 100, 2_000};

  private final ChannelHandlerContext ctx;
  private final BooleanSupplier waits;
  private int sent;

  /**
   * @param waits whether the answer has still not begun
   */
  GoneClientProbe(ChannelHandlerContext ctx, BooleanSupplier waits) {
    this.ctx = ctx;
    this.waits = waits;
  }

  void start() {
    if (sent < PAUSES_MILLIS.length) {
      ctx.executor().schedule(this::send, PAUSES_MILLIS[sent], TimeUnit.MILLISECONDS);
      sent++;
    }
  }

  private void send() {
    if (waits.getAsBoolean() && !ctx.isRemoved() && ctx.channel().isActive()) {
      ctx.writeAndFlush(
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.PROCESSING));
      start();
    }
  }
}
