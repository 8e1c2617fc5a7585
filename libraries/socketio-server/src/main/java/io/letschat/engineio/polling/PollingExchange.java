package io.letschat.engineio.polling;

import io.letschat.engineio.EngineRejectReason;
import io.letschat.engineio.EngineSettings;
import io.letschat.protocol.RetryAfter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One request of the engine and its single answer, which may come from any thread. */
public final class PollingExchange {
  /** What becomes of the connection. */
  private enum After {
    KEEP,
    CLOSE,
    CLOSED_BY_CALLER
  }

  private final ChannelHandlerContext ctx;
  private final EngineSettings settings;
  private final @Nullable String corsOrigin;
  private final boolean keepAlive;
  private final Runnable whenAnswered;
  private final AtomicBoolean answered = new AtomicBoolean();

  /**
   * @param corsOrigin the origin to be allowed by the answer
   * @param whenAnswered called on the connection's event loop, right before the answer is written
   */
  public PollingExchange(
      ChannelHandlerContext ctx,
      EngineSettings settings,
      HttpRequest request,
      @Nullable String corsOrigin,
      Runnable whenAnswered) {
    this.ctx = ctx;
    this.settings = settings;
    this.corsOrigin = corsOrigin;
    this.keepAlive = HttpUtil.isKeepAlive(request);
    this.whenAnswered = whenAnswered;
  }

  public EventExecutor executor() {
    return ctx.executor();
  }

  /** Answers a poll; takes over the buffer. */
  void payload(ByteBuf body, boolean binary) {
    answer(
        HttpResponseStatus.OK,
        binary ? "application/octet-stream" : "text/plain; charset=UTF-8",
        body,
        keepAlive ? After.KEEP : After.CLOSE);
  }

  /** Answers a POST. */
  void ok() {
    answer(HttpResponseStatus.OK, "text/html", ascii("ok"), keepAlive ? After.KEEP : After.CLOSE);
  }

  public void reject(EngineRejectReason rejectReason) {
    reject(rejectReason, keepAlive ? After.KEEP : After.CLOSE);
  }

  /** Rejects a request whose body is still coming; the caller closes the connection. */
  public void rejectUnread(EngineRejectReason rejectReason) {
    reject(rejectReason, After.CLOSED_BY_CALLER);
  }

  private void reject(EngineRejectReason rejectReason, After after) {
    settings.rejections().rejected(rejectReason);
    respondWith(rejectReason, after);
  }

  /** The same answer for a request about which nothing is wrong. */
  void respondWith(EngineRejectReason rejectReason) {
    respondWith(rejectReason, keepAlive ? After.KEEP : After.CLOSE);
  }

  private void respondWith(EngineRejectReason rejectReason, After after) {
    TransportRejection answer = TransportRejection.of(rejectReason);
    FullHttpResponse response = response(answer.status(), "application/json", ascii(answer.json()));
    if (answer.status().equals(HttpResponseStatus.SERVICE_UNAVAILABLE)) {
      response
          .headers()
          .set(HttpHeaderNames.RETRY_AFTER, RetryAfter.seconds(RetryAfter.WHEN_UNAVAILABLE));
    }
    write(response, after);
  }

  /** Answers the preflight request of an allowed origin. */
  public void preflight(HttpHeaders request) {
    FullHttpResponse response = response(HttpResponseStatus.NO_CONTENT, Unpooled.EMPTY_BUFFER);
    HttpHeaders headers = response.headers();
    if (corsOrigin != null) {
      headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST");
      String asked = request.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
      if (asked != null) {
        headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, asked);
      }
      headers.set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, 600);
    }
    write(response, keepAlive ? After.KEEP : After.CLOSE);
  }

  private static ByteBuf ascii(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }

  private void answer(HttpResponseStatus status, String contentType, ByteBuf body, After after) {
    write(response(status, contentType, body), after);
  }

  private FullHttpResponse response(HttpResponseStatus status, String contentType, ByteBuf body) {
    FullHttpResponse response = response(status, body);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
    HttpUtil.setContentLength(response, body.readableBytes());
    return response;
  }

  private FullHttpResponse response(HttpResponseStatus status, ByteBuf body) {
    FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    HttpHeaders headers = response.headers();
    headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    headers.set(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
    if (corsOrigin != null) {
      headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, corsOrigin);
      headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    }
    return response;
  }

  /** Always as a task of its own, so that the caller may hold a session's monitor. */
  private void write(FullHttpResponse response, After after) {
    if (!answered.compareAndSet(false, true)) {
      response.release();
      return;
    }
    response
        .headers()
        .set(
            HttpHeaderNames.CONNECTION,
            after == After.KEEP ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
    try {
      ctx.executor()
          .execute(() -> {
            whenAnswered.run();
            var written = ctx.writeAndFlush(response);
            if (after == After.CLOSE) {
              written.addListener(ChannelFutureListener.CLOSE);
            }
          });
    } catch (RejectedExecutionException e) {
      // The event loop has ended, and the connection with it.
      response.release();
    }
  }
}
