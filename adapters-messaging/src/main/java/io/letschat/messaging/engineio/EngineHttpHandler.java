package io.letschat.messaging.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
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
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The engine's place in a connection's pipeline, behind the HTTP codec and {@code
 * OneRequestAtATime}: takes the requests to the engine's path and passes on all others, object by
 * object.
 */
final class EngineHttpHandler extends ChannelInboundHandlerAdapter {
  private enum Mode {
    /** Between requests, or the current one belongs to others. */
    PASSING,
    /** A request of ours whose answer does not depend on its body. */
    SKIPPING,
    /** A POST whose body is being gathered. */
    GATHERING
  }

  private final EngineServer server;
  private final EngineSettings settings;
  private Mode mode = Mode.PASSING;
  private @Nullable EngineRequest request;
  private @Nullable PollingExchange exchange;
  private @Nullable EngineSession session;
  private @Nullable CompositeByteBuf body;
  private @Nullable ScheduledFuture<?> bodyTimeout;

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
      boolean ours =
          !object.decoderResult().isFailure() && EngineRequest.isFor(settings.path(), head.uri());
      mode = ours ? Mode.SKIPPING : Mode.PASSING;
      if (ours) {
        onHead(ctx, head);
      }
    }
    if (mode == Mode.PASSING) {
      ctx.fireChannelRead(object);
      return;
    }
    try {
      if (object.decoderResult().isFailure()) {
        onBrokenBody(ctx);
      } else if (object instanceof HttpContent content) {
        onContent(ctx, content);
      }
    } finally {
      ReferenceCountUtil.release(object);
    }
  }

  // ---- heads

  private void onHead(ChannelHandlerContext ctx, HttpRequest head) {
    OriginPolicy.Verdict verdict = server.origins().of(head.headers());
    String corsOrigin =
        verdict == OriginPolicy.Verdict.ALLOWED ? head.headers().get(HttpHeaderNames.ORIGIN) : null;
    PollingExchange current =
        new PollingExchange(ctx, settings, head, corsOrigin, this::onAnswered);
    exchange = current;
    if (head.uri().length() > settings.maxQueryChars()) {
      current.refuseAndClose(Refusal.QUERY_TOO_LONG);
      return;
    }
    if (verdict == OriginPolicy.Verdict.FOREIGN) {
      current.refuse(Refusal.FOREIGN_ORIGIN);
      return;
    }
    if (head.method().equals(HttpMethod.OPTIONS)) {
      current.preflight(head.headers());
      return;
    }
    EngineRequest parsed = EngineRequest.of(head);
    Refusal refusal = parsed == null ? Refusal.BAD_REQUEST : refusalOf(parsed);
    if (refusal != null || parsed == null) {
      current.refuse(refusal == null ? Refusal.BAD_REQUEST : refusal);
      return;
    }
    request = parsed;
    if (head.method().equals(HttpMethod.POST)) {
      onPost(ctx, parsed, current);
    }
  }

  /** The order of the checks is Node's. */
  private @Nullable Refusal refusalOf(EngineRequest asked) {
    EngineTransport transport = asked.transport();
    boolean upgrade = asked.isWebSocketUpgrade();
    if (transport == null) {
      return Refusal.UNKNOWN_TRANSPORT;
    }
    if (asked.parameter("j") != null) {
      return Refusal.BAD_REQUEST;
    }
    String sid = asked.parameter("sid");
    if (sid == null || sid.isEmpty()) {
      if (!asked.method().equals(HttpMethod.GET)) {
        return Refusal.BAD_HANDSHAKE_METHOD;
      }
      if (upgrade != (transport == EngineTransport.WEBSOCKET)) {
        return Refusal.BAD_REQUEST;
      }
      EngineVersion version = asked.version();
      if (version == null || (version == EngineVersion.V3 && !settings.allowVersion3())) {
        return Refusal.UNSUPPORTED_VERSION;
      }
      return null;
    }
    EngineSession known = server.session(sid);
    if (known == null) {
      return Refusal.UNKNOWN_SESSION;
    }
    session = known;
    if (upgrade) {
      boolean fits =
          transport == EngineTransport.WEBSOCKET
              && asked.method().equals(HttpMethod.GET)
              && known.mayUpgrade();
      return fits ? null : Refusal.BAD_REQUEST;
    }
    boolean fits =
        transport == known.transport()
            && transport == EngineTransport.POLLING
            && (asked.method().equals(HttpMethod.GET) || asked.method().equals(HttpMethod.POST));
    return fits ? null : Refusal.BAD_REQUEST;
  }

  private void onPost(ChannelHandlerContext ctx, EngineRequest post, PollingExchange current) {
    EngineSession target = session;
    if (target == null || !target.onPost(current)) {
      return;
    }
    if (isBinary(post) && target.version() == EngineVersion.V4) {
      settings.refusals().refused(Refusal.MALFORMED_PACKET);
      target.end(CloseReason.TRANSPORT_ERROR);
      current.refuse(Refusal.BAD_REQUEST);
      return;
    }
    if (HttpUtil.getContentLength(post.http(), 0L) > settings.maxPayload()) {
      refuseTooLarge(target, current);
      return;
    }
    if (HttpUtil.is100ContinueExpected(post.http())) {
      ctx.writeAndFlush(
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
    mode = Mode.GATHERING;
    body = ctx.alloc().compositeBuffer(Integer.MAX_VALUE);
    bodyTimeout =
        ctx.executor()
            .schedule(
                () -> onBodyTimeout(target, current),
                settings.bodyTimeout().toNanos(),
                TimeUnit.NANOSECONDS);
  }

  private static boolean isBinary(EngineRequest post) {
    return "application/octet-stream".equals(post.headers().get(HttpHeaderNames.CONTENT_TYPE));
  }

  // ---- bodies

  private void onContent(ChannelHandlerContext ctx, HttpContent content) {
    if (mode == Mode.GATHERING) {
      gather(content.content());
    }
    if (content instanceof LastHttpContent) {
      onComplete(ctx);
    }
  }

  private void gather(ByteBuf chunk) {
    CompositeByteBuf gathered = body;
    EngineSession target = session;
    PollingExchange current = exchange;
    if (gathered == null || target == null || current == null) {
      return;
    }
    if (gathered.readableBytes() + chunk.readableBytes() > settings.maxPayload()) {
      dropBody();
      mode = Mode.SKIPPING;
      refuseTooLarge(target, current);
    } else if (chunk.isReadable()) {
      // Copied when small: a chunk of few bytes would keep the whole read buffer alive.
      if (chunk.readableBytes() < 1024) {
        gathered.writeBytes(chunk);
      } else {
        gathered.addComponent(true, chunk.retain());
      }
    }
  }

  private static void refuseTooLarge(EngineSession target, PollingExchange current) {
    target.onPostFailed(current);
    current.refuseAndClose(Refusal.PAYLOAD_TOO_LARGE);
  }

  private void onBodyTimeout(EngineSession target, PollingExchange current) {
    if (mode == Mode.GATHERING && exchange == current) {
      dropBody();
      mode = Mode.SKIPPING;
      target.onPostFailed(current);
      current.refuseAndClose(Refusal.BODY_TIMEOUT);
    }
  }

  private void onBrokenBody(ChannelHandlerContext ctx) {
    dropBody();
    mode = Mode.SKIPPING;
    ctx.close();
  }

  private void onComplete(ChannelHandlerContext ctx) {
    Mode completed = mode;
    EngineRequest asked = request;
    EngineSession target = session;
    PollingExchange current = exchange;
    CompositeByteBuf gathered = body;
    body = null;
    request = null;
    mode = Mode.PASSING;
    cancelBodyTimeout();
    if (asked == null || current == null) {
      return;
    }
    if (asked.method().equals(HttpMethod.POST)) {
      if (completed == Mode.GATHERING && gathered != null && target != null) {
        receive(target, current, isBinary(asked), gathered);
      }
    } else if (asked.isWebSocketUpgrade()) {
      WebSocketUpgrade.perform(ctx, server, asked, target, current);
    } else if (target != null) {
      target.onPoll(current);
    } else {
      server.openPolling(ctx.channel(), asked, current);
    }
  }

  private void receive(
      EngineSession target, PollingExchange current, boolean binary, CompositeByteBuf gathered) {
    List<ReceivedPacket> packets;
    try {
      packets =
          PacketDecoder.payload(
              target.version(), binary, gathered, settings.maxPacketsPerPayload());
    } catch (ReceivedPacket.Malformed e) {
      refuseBody(target, current, Refusal.MALFORMED_PACKET);
      return;
    } catch (ReceivedPacket.TooMany e) {
      refuseBody(target, current, Refusal.TOO_MANY_PACKETS);
      return;
    } finally {
      gathered.release();
    }
    target.onPostBody(current, packets);
  }

  private static void refuseBody(EngineSession target, PollingExchange current, Refusal refusal) {
    target.onPostFailed(current);
    target.end(CloseReason.PARSE_ERROR);
    current.refuse(refusal);
  }

  // ---- ends

  private void onAnswered() {
    exchange = null;
    session = null;
  }

  private void dropBody() {
    cancelBodyTimeout();
    CompositeByteBuf gathered = body;
    body = null;
    if (gathered != null) {
      gathered.release();
    }
  }

  private void cancelBodyTimeout() {
    ScheduledFuture<?> current = bodyTimeout;
    bodyTimeout = null;
    if (current != null) {
      current.cancel(false);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    lost();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    dropBody();
  }

  private void lost() {
    dropBody();
    PollingExchange current = exchange;
    EngineSession target = session;
    exchange = null;
    session = null;
    if (current != null && target != null) {
      target.onExchangeLost(current);
    }
  }
}
