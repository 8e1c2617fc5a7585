package io.letschat.gateway.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** A connection to the upstream server, used by one request after the other. */
final class UpstreamConnection extends ChannelInboundHandlerAdapter {
  /** Who uses the connection at present. */
  interface User {
    void continueWithBody();

    void response(HttpResponse response);

    /** Takes over the content, which has to be released. */
    void content(HttpContent content);

    void readComplete();

    void writable();

    void closed();
  }

  private final Channel channel;
  private final UpstreamPool pool;
  private @Nullable User user;
  private boolean reused;
  private boolean interim;
  private long idleSince;

  UpstreamConnection(Channel channel, UpstreamPool pool) {
    this.channel = channel;
    this.pool = pool;
  }

  Channel channel() {
    return channel;
  }

  /** Whether it served another request before, so that the server may just be closing it. */
  boolean isReused() {
    return reused;
  }

  long idleSince() {
    return idleSince;
  }

  void use(User next) {
    user = next;
  }

  void giveBack() {
    user = null;
    reused = true;
    idleSince = System.nanoTime();
    pool.giveBack(this);
  }

  void close() {
    user = null;
    channel.close();
  }

  ChannelFuture write(HttpObject object) {
    return channel.write(object);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    var to = user;
    boolean failed = msg instanceof HttpObject object && object.decoderResult().isFailure();
    if (to == null || failed) {
      ReferenceCountUtil.release(msg);
      ctx.close();
    } else if (msg instanceof HttpResponse response && isInterim(response)) {
      interim = true;
      if (response.status().equals(HttpResponseStatus.CONTINUE)) {
        to.continueWithBody();
      }
    } else if (interim && msg instanceof LastHttpContent end) {
      interim = false;
      end.release();
    } else {
      if (msg instanceof HttpResponse response) {
        to.response(response);
      }
      if (msg instanceof HttpContent content) {
        to.content(content);
      }
    }
  }

  private static boolean isInterim(HttpResponse response) {
    return response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (user != null) {
      user.readComplete();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (user != null && channel.isWritable()) {
      user.writable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    var to = user;
    user = null;
    pool.forget(this);
    if (to != null) {
      to.closed();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
