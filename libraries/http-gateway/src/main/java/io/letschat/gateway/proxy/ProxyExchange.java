package io.letschat.gateway.proxy;

import io.letschat.gateway.GatewayLimits;
import io.letschat.gateway.http.HttpExchange;
import io.letschat.gateway.http.HttpRejection;
import io.letschat.netty.http.ReadControl;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way of one request to the upstream server and of the response back, object by object.
 * Whichever side cannot be written stops the other from being read, so that a body of any size
 * takes a few buffers.
 */
final class ProxyExchange implements UpstreamConnection.User {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final ChannelHandlerContext client;
  private final HttpExchange httpExchange;
  private final UpstreamPool pool;
  private final HttpRequest request;
  private final GatewayLimits limits;
  private final RequestBodyForwarder requestBodyForwarder;

  private @Nullable UpstreamConnection upstream;
  private boolean retried;
  private boolean answering;
  private boolean reusable;
  private boolean done;
  private long lastProgress = System.nanoTime();

  ProxyExchange(
      ChannelHandlerContext client,
      HttpExchange httpExchange,
      UpstreamPool pool,
      HttpRequest request,
      GatewayLimits limits) {
    this.client = client;
    this.httpExchange = httpExchange;
    this.pool = pool;
    this.request = request;
    this.limits = limits;
    requestBodyForwarder = new RequestBodyForwarder(client.channel());
  }

  void start() {
    pool.acquire(retried, this::connected, failure -> fail());
  }

  private void connected(UpstreamConnection connection) {
    if (done) {
      connection.giveBack();
      return;
    }
    upstream = connection;
    connection.use(this);
    connection.write(request);
    requestBodyForwarder.sendTo(connection);
  }

  /** A piece of the client's body; taken over. */
  void fromClient(HttpContent content) {
    requestBodyForwarder.add(content);
  }

  void flushUpstream() {
    if (upstream != null) {
      upstream.channel().flush();
    }
  }

  @Override
  public void continueWithBody() {
    progress();
    client.writeAndFlush(
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
  }

  @Override
  public void response(HttpResponse response) {
    progress();
    answering = true;
    reusable = HttpUtil.isKeepAlive(response);
    if (!requestBodyForwarder.isEnded()) {
      requestBodyForwarder.discard();
    }
    HopByHop.strip(response.headers());
    response.setProtocolVersion(HttpVersion.HTTP_1_1);
    client.write(response);
  }

  @Override
  public void content(HttpContent content) {
    progress();
    client.write(RequestBodyForwarder.withoutTrailers(content));
    if (content instanceof LastHttpContent) {
      finish();
    } else if (upstream != null && !client.channel().isWritable()) {
      ReadControl.of(upstream.channel()).hold(this);
    }
  }

  private void finish() {
    var connection = upstream;
    boolean keep = reusable && requestBodyForwarder.isComplete();
    end();
    if (connection != null) {
      ReadControl.of(connection.channel()).release(this);
      if (keep) {
        connection.giveBack();
      } else {
        connection.close();
      }
    }
    client.flush();
  }

  @Override
  public void readComplete() {
    client.flush();
  }

  @Override
  public void writable() {
    progress();
    requestBodyForwarder.resume();
  }

  void clientIsWritable() {
    if (upstream != null) {
      progress();
      ReadControl.of(upstream.channel()).release(this);
    }
  }

  @Override
  public void closed() {
    boolean stale = upstream != null && upstream.isReused() && !retried;
    upstream = null;
    if (answering) {
      end();
      httpExchange.abort();
    } else if (stale && requestBodyForwarder.isEmpty() && SAFE.contains(request.method().name())) {
      retried = true;
      requestBodyForwarder.retry();
      start();
    } else {
      fail();
    }
  }

  private void fail() {
    if (!done) {
      cancel();
      httpExchange.answer(HttpRejection.UNAVAILABLE);
    }
  }

  /** Nobody waits for the response any more. */
  void cancel() {
    if (upstream != null) {
      upstream.close();
    }
    end();
  }

  private void end() {
    done = true;
    upstream = null;
    requestBodyForwarder.discard();
  }

  /** Gives up on a server that does nothing although it is its turn. */
  void check(long now) {
    boolean awaitsClient =
        upstream != null && upstream.channel().isWritable() && httpExchange.isReceivingBody();
    if (done || awaitsClient || !client.channel().isWritable()) {
      lastProgress = now;
    } else if (now - lastProgress > limits.answerWithin().toNanos()) {
      if (answering) {
        cancel();
        httpExchange.abort();
      } else {
        fail();
      }
    }
  }

  private void progress() {
    lastProgress = System.nanoTime();
  }
}
