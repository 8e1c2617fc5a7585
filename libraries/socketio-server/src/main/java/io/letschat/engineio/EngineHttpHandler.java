package io.letschat.engineio;

import io.letschat.engineio.polling.PollingExchange;
import io.letschat.engineio.polling.PostBody;
import io.letschat.engineio.session.EngineSession;
import io.letschat.engineio.websocket.WebSocketUpgrade;
import io.letschat.protocol.OriginPolicy;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The engine's place in a connection's pipeline, behind the HTTP codec and {@code
 * HttpPipeliningHandler}: takes the requests to the engine's path and passes on all others, object
 * by object.
 */
final class EngineHttpHandler extends ChannelInboundHandlerAdapter {
  private final EngineServer server;
  private final EngineSettings settings;

  /** Whether the objects that come belong to a request of ours. */
  private boolean ours;

  /**
   * Whether the connection is closed with the end of the request's body, which nobody reads any
   * more.
   */
  private boolean lingering;

  /** A request that waits for its last content; null when it has been rejected. */
  private @Nullable EngineRequest request;

  private @Nullable PostBody body;

  // Until the answer is written.
  private @Nullable PollingExchange exchange;
  private @Nullable EngineSession session;

  EngineHttpHandler(EngineServer server) {
    this.server = server;
    this.settings = server.settings();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (!(msg instanceof HttpObject object)) {
      ctx.fireChannelRead(msg);
      return;
    }
    if (object instanceof HttpRequest head) {
      ours = !head.decoderResult().isFailure() && EngineRequest.isFor(settings.path(), head.uri());
    }
    if (!ours) {
      ctx.fireChannelRead(object);
      return;
    }
    try {
      onObject(ctx, object);
    } finally {
      ReferenceCountUtil.release(object);
    }
  }

  private void onObject(ChannelHandlerContext ctx, HttpObject object) {
    if (object instanceof HttpRequest head) {
      onHead(ctx, head);
    }
    if (object.decoderResult().isFailure()) {
      ctx.close();
    } else if (object instanceof HttpContent content) {
      PostBody gathering = body;
      if (gathering != null && !gathering.add(content.content())) {
        rejectUnread(ctx, EngineRejectReason.PAYLOAD_TOO_LARGE);
      }
      if (content instanceof LastHttpContent) {
        onComplete(ctx);
      }
    }
  }

  private void onHead(ChannelHandlerContext ctx, HttpRequest head) {
    OriginPolicy.Verdict verdict = server.verdict(head.headers());
    String corsOrigin =
        verdict == OriginPolicy.Verdict.ALLOWED ? head.headers().get(HttpHeaderNames.ORIGIN) : null;
    PollingExchange current =
        new PollingExchange(ctx, settings, head, corsOrigin, this::onAnswered);
    exchange = current;
    if (head.uri().length() > settings.maxQueryChars()) {
      current.reject(EngineRejectReason.QUERY_TOO_LONG);
    } else if (verdict == OriginPolicy.Verdict.FOREIGN) {
      current.reject(EngineRejectReason.FOREIGN_ORIGIN);
    } else if (head.method().equals(HttpMethod.OPTIONS)) {
      current.preflight(head.headers());
    } else {
      onAllowed(ctx, head, current);
    }
  }

  private void onAllowed(ChannelHandlerContext ctx, HttpRequest head, PollingExchange current) {
    EngineRequest parsed = EngineRequest.of(head);
    if (parsed == null) {
      current.reject(EngineRejectReason.BAD_REQUEST);
      return;
    }
    RequestCheck.Verdict outcome = new RequestCheck(server).of(parsed);
    if (outcome.rejection() != null) {
      current.reject(outcome.rejection());
      return;
    }
    session = outcome.session();
    if (!head.method().equals(HttpMethod.POST)) {
      request = parsed;
    } else if (session != null) {
      onPost(ctx, parsed, session, current);
    }
  }

  private void onPost(
      ChannelHandlerContext ctx,
      EngineRequest post,
      EngineSession target,
      PollingExchange current) {
    if (!target.polling().onPost(current)) {
      return;
    }
    if (PostBody.isBinary(post) && target.version() == EngineVersion.V4) {
      target.polling().onPostFailed(current);
      target.end(CloseReason.TRANSPORT_ERROR);
      current.reject(EngineRejectReason.MALFORMED_PACKET);
      return;
    }
    body = new PostBody(ctx, target, current, post, () -> onLate(ctx, current));
    if (HttpUtil.getContentLength(post.http(), 0L) > settings.maxPayload()) {
      rejectUnread(ctx, EngineRejectReason.PAYLOAD_TOO_LARGE);
    } else if (HttpUtil.is100ContinueExpected(post.http())) {
      ctx.writeAndFlush(
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
  }

  private void onLate(ChannelHandlerContext ctx, PollingExchange current) {
    if (exchange == current && body != null) {
      rejectUnread(ctx, EngineRejectReason.BODY_TIMEOUT);
      // A task, as the answer is one, and behind it.
      ctx.executor().execute(ctx::close);
    }
  }

  /**
   * Rejects a POST before its end. The rest of the body is read and dropped: a connection that is
   * closed with bytes unread is reset, and the client might never see the answer.
   */
  private void rejectUnread(ChannelHandlerContext ctx, EngineRejectReason rejectReason) {
    PostBody dropped = body;
    body = null;
    if (dropped != null) {
      dropped.drop();
    }
    if (exchange != null) {
      exchange.rejectUnread(rejectReason);
    }
    lingering = true;
    ctx.executor()
        .schedule(
            () -> {
              if (lingering) {
                ctx.close();
              }
            },
            settings.bodyTimeout().toNanos(),
            TimeUnit.NANOSECONDS);
  }

  private void onComplete(ChannelHandlerContext ctx) {
    EngineRequest completed = request;
    PostBody gathered = body;
    PollingExchange current = exchange;
    EngineSession target = session;
    request = null;
    body = null;
    ours = false;
    if (lingering) {
      lingering = false;
      ctx.executor().execute(ctx::close);
    } else if (gathered != null) {
      gathered.complete();
    } else if (completed != null && current != null) {
      if (completed.isWebSocketUpgrade()) {
        WebSocketUpgrade.perform(ctx, server, completed, target, current);
      } else if (target != null) {
        target.polling().onPoll(current);
      } else {
        server.openPolling(ctx.channel(), completed, current);
      }
    }
  }

  private void onAnswered() {
    exchange = null;
    session = null;
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    PollingExchange current = exchange;
    EngineSession target = session;
    PostBody unfinished = body;
    onAnswered();
    body = null;
    request = null;
    // First the session, which loses a request that it knows; then what was gathered.
    if (current != null && target != null) {
      target.polling().onLost(current);
    }
    if (unfinished != null) {
      unfinished.drop();
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    PostBody unfinished = body;
    body = null;
    if (unfinished != null) {
      unfinished.drop();
    }
  }
}
