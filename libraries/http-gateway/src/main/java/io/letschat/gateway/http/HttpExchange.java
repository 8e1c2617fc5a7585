package io.letschat.gateway.http;

import io.letschat.gateway.GatewaySettings;
import io.letschat.gateway.TrustedProxies;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one request being answered on a connection, whoever answers it, and whether the connection is
 * kept alive after it (RFC 9112, 9.3) or closed by a {@link LingeringClose}.
 */
public final class HttpExchange extends ChannelDuplexHandler {
  /** Fired behind this handler when the current request will not be answered any more. */
  public static final Object ABORTED = new Object();

  private final GatewaySettings.RejectionListener rejections;
  private final TrustedProxies trusted;
  private final Consumer<ChannelPipeline> switched;
  private String requestId = "";
  private @Nullable ChannelHandlerContext ctx;
  private long number;
  private boolean inFlight;
  private RequestTraits requestTraits = RequestTraits.NOTHING;
  private boolean keepAlive = true;
  private boolean requestEnded = true;
  private boolean responseBegun;
  private boolean switching;
  private boolean untilClose;
  private boolean awaitsContinue;
  private boolean stopping;
  private final LingeringClose closing = new LingeringClose();

  /**
   * @param switched removes the gateway's handlers once the connection has become a WebSocket
   */
  public HttpExchange(
      GatewaySettings.RejectionListener rejections,
      TrustedProxies trusted,
      Consumer<ChannelPipeline> switched) {
    this.rejections = rejections;
    this.trusted = trusted;
    this.switched = switched;
  }

  /** The current request's, or the last one's. */
  public String requestId() {
    return requestId;
  }

  boolean isInFlight() {
    return inFlight;
  }

  public boolean answersHead() {
    return inFlight && requestTraits.toHead();
  }

  /** Counts the requests of the connection. */
  long number() {
    return number;
  }

  /** Whether the client is expected to be sending its body. */
  public boolean isReceivingBody() {
    return inFlight && !requestEnded && !awaitsContinue;
  }

  /** Whether the last response was given and the connection is only being closed. */
  public boolean isClosing() {
    return closing.hasBegun();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    ctx = added;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (closing.hasBegun()) {
      ReferenceCountUtil.release(msg);
      return;
    }
    if (msg instanceof HttpRequest request) {
      begin(ctx, request);
    }
    if (msg instanceof HttpContent content) {
      requestEnded = content instanceof LastHttpContent;
      awaitsContinue = false;
    }
    ctx.fireChannelRead(msg);
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest request) {
    requestId = RequestId.of(request, ctx.channel().remoteAddress(), trusted);
    number++;
    inFlight = true;
    requestTraits = RequestTraits.by(request);
    keepAlive = requestTraits.keepAlive();
    requestEnded = !requestTraits.hasBody();
    awaitsContinue = requestTraits.awaitsContinue();
    responseBegun = false;
    untilClose = false;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    if (closing.hasBegun()) {
      ReferenceCountUtil.release(msg);
      promise.tryFailure(new ClosedChannelException());
      return;
    }
    boolean interim = false;
    if (msg instanceof HttpResponse response) {
      switching = response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
      interim = !switching && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
      awaitsContinue = false;
      if (!interim) {
        identify(response);
      }
      if (!interim && !switching) {
        responseBegun = true;
        decidePersistence(response);
      }
    }
    if (inFlight && !interim && msg instanceof LastHttpContent) {
      ctx.write(msg, promise.unvoid().addListener((ChannelFuture done) -> ended(ctx, done)));
    } else {
      ctx.write(msg, promise);
    }
  }

  private void identify(HttpResponse response) {
    if (!requestId.isEmpty()) {
      response.headers().set(RequestId.HEADER, requestId);
    }
  }

  private void decidePersistence(HttpResponse response) {
    var headers = response.headers();
    untilClose = !requestTraits.delimit(response);
    boolean closes =
        headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
    keepAlive = keepAlive && !closes && !untilClose && requestEnded && !stopping;
    if (!keepAlive) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (!requestTraits.modern()) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
  }

  private void ended(ChannelHandlerContext ctx, ChannelFuture written) {
    if (!written.isSuccess()) {
      ctx.close();
    } else if (switching) {
      switched.accept(ctx.pipeline());
    } else {
      inFlight = false;
      if (!keepAlive || stopping) {
        closeAfterResponse();
      }
    }
  }

  /** Answers the current request with a rejection; the connection may be kept. */
  public void answer(HttpRejection httpRejection) {
    if (ctx != null && !closing.hasBegun()) {
      rejections.rejected(httpRejection.code());
      ctx.channel().writeAndFlush(RejectionPage.of(httpRejection, requestTraits.forBrowser()));
    }
  }

  /** Answers with a rejection, if the response has not begun, and closes the connection. */
  void rejectAndClose(HttpRejection httpRejection) {
    if (closing.hasBegun() || ctx == null) {
      return;
    }
    if (responseBegun && inFlight) {
      rejections.rejected(httpRejection.code());
      ctx.close();
      return;
    }
    rejections.rejected(httpRejection.code());
    var page = RejectionPage.of(httpRejection, requestTraits.forBrowser());
    page.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    identify(page);
    var channel = ctx.channel();
    ctx.writeAndFlush(page).addListener(written -> LingeringClose.endOutput(channel));
    inFlight = false;
    closing.discardInput(channel);
    ctx.fireUserEventTriggered(ABORTED);
  }

  /** Aborts the connection so that the client cannot take a partial response for a whole one. */
  public void abort() {
    if (ctx != null) {
      if (untilClose) {
        ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
      }
      closing.begin();
      ctx.close();
    }
  }

  /** Closes the connection: at once between requests, else after the current response. */
  public void stop() {
    stopping = true;
    if (!inFlight && ctx != null && !closing.hasBegun()) {
      closing.begin();
      ctx.close();
    }
  }

  private void closeAfterResponse() {
    if (ctx != null && !closing.hasBegun()) {
      closing.discardInput(ctx.channel());
      LingeringClose.endOutput(ctx.channel());
    }
  }
}
