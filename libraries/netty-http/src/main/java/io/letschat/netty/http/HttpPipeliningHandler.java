package io.letschat.netty.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Lets the handlers behind it see one request at a time (RFC 9112, 9.3.2: pipelined requests are
 * answered in their order). A request that arrives before the current response's last content has
 * been written to the network waits, and the connection is not read meanwhile. The body of the
 * current request keeps flowing, also when its response ended early: the handlers behind discard
 * what they do not want.
 *
 * <p>Belongs right after the HTTP codec. At most {@value #MOST_WAITING} requests wait, which one
 * read's worth of bytes can hold; those beyond it are dropped and the connection is closed once the
 * waiting ones are answered, after which a client has to send the others again. When the protocol
 * is switched (101) this handler takes itself out of the pipeline.
 *
 * <p>A client that closes its sending half (RFC 9112, 9.6) gets the answers to all that it has sent
 * whole, where {@code ALLOW_HALF_CLOSURE} is set; then the connection is closed.
 */
public final class HttpPipeliningHandler extends ChannelDuplexHandler {
  static final int MOST_WAITING = 64;

  private final ArrayDeque<HttpObject> waiting = new ArrayDeque<>(0);
  private int waitingRequests;
  private boolean answering;
  private boolean switching;

  /** Whether the current request may get interim responses: HTTP/1.1, and no answer yet. */
  private boolean mayGetInterim;

  private boolean passingOn;
  private boolean overflowed;

  /** Whether a request has begun to arrive and its end has not. */
  private boolean receiving;

  /** Whether the client will send no more. */
  private boolean inputEnded;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (!(msg instanceof HttpObject object)) {
      ctx.fireChannelRead(msg);
      return;
    }
    receiving = !(object instanceof LastHttpContent);
    if (waiting.isEmpty() && !(answering && object instanceof HttpRequest)) {
      pass(ctx, object);
    } else {
      queue(ctx, object);
    }
  }

  private void pass(ChannelHandlerContext ctx, HttpObject object) {
    if (object instanceof HttpRequest request) {
      answering = true;
      mayGetInterim = request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) >= 0;
    }
    ctx.fireChannelRead(object);
  }

  private void queue(ChannelHandlerContext ctx, HttpObject object) {
    if (object instanceof HttpRequest && ++waitingRequests > MOST_WAITING) {
      overflowed = true;
    }
    if (overflowed) {
      ReferenceCountUtil.release(object);
      return;
    }
    waiting.add(object);
    ReadControl.of(ctx.channel()).hold(this);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    if (msg instanceof HttpResponse response) {
      switching = response.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code();
      mayGetInterim &= isInterim(response) && !switching;
    }
    if (!answering || !endsAnswer(msg)) {
      ctx.write(msg, promise);
    } else if (switching) {
      ctx.write(msg, promise.unvoid().addListener(written -> switched(ctx)));
    } else {
      ctx.write(
          msg, promise.unvoid().addListener((ChannelFuture written) -> answered(ctx, written)));
    }
  }

  private boolean endsAnswer(Object msg) {
    return msg instanceof LastHttpContent
        && (switching || !(msg instanceof HttpResponse response && isInterim(response)));
  }

  private static boolean isInterim(HttpResponse response) {
    return response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }

  private void switched(ChannelHandlerContext ctx) {
    if (!ctx.isRemoved()) {
      ctx.pipeline().remove(this);
    }
  }

  private void answered(ChannelHandlerContext ctx, ChannelFuture written) {
    if (!written.isSuccess()) {
      ctx.close();
      return;
    }
    answering = false;
    if (!passingOn && !ctx.isRemoved()) {
      passOn(ctx);
      if ((overflowed || inputEnded) && !answering) {
        ctx.close();
      }
    }
  }

  /** A handler may answer within the call that passes a request on; the loop keeps that flat. */
  private void passOn(ChannelHandlerContext ctx) {
    if (waiting.isEmpty()) {
      return;
    }
    passingOn = true;
    try {
      @Nullable HttpObject next;
      while ((next = waiting.peek()) != null && !(answering && next instanceof HttpRequest)) {
        waiting.remove();
        if (next instanceof HttpRequest) {
          waitingRequests--;
        }
        pass(ctx, next);
      }
    } finally {
      passingOn = false;
    }
    ctx.fireChannelReadComplete();
    if (waiting.isEmpty() && !overflowed) {
      ReadControl.of(ctx.channel()).release(this);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    ctx.fireUserEventTriggered(event);
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      inputEnded = true;
      boolean cutShort = receiving && waiting.isEmpty();
      dropWhatIsNotWhole();
      if (!answering || cutShort) {
        ctx.close();
      } else {
        new GoneClientProbe(ctx, () -> answering && mayGetInterim).start();
      }
    }
  }

  private void dropWhatIsNotWhole() {
    @Nullable HttpObject last;
    while (receiving && (last = waiting.peekLast()) != null && !(last instanceof LastHttpContent)) {
      ReferenceCountUtil.release(waiting.removeLast());
      waitingRequests -= last instanceof HttpRequest ? 1 : 0;
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    drop();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    drop();
    ReadControl.of(ctx.channel()).release(this);
  }

  private void drop() {
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
  }
}
