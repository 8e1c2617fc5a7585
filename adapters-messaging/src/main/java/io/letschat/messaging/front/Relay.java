package io.letschat.messaging.front;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way of one request to the pages' server and of the response back, object by object. Whichever
 * side cannot be written stops the other from being read, so that a body of any size takes a few
 * buffers. Trailers are dropped, which RFC 9110, 6.5.1 permits.
 */
final class Relay implements PagesConnection.User {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final ChannelHandlerContext client;
  private final Exchange exchange;
  private final PagesPool pool;
  private final HttpRequest request;
  private final FrontLimits limits;
  private final ArrayDeque<HttpContent> early = new ArrayDeque<>(2);

  private @Nullable PagesConnection pages;
  private boolean requestEnded;
  private boolean hasBody;
  private boolean stopSending;
  private boolean retried;
  private boolean answering;
  private boolean reusable;
  private boolean done;
  private long lastProgress = System.nanoTime();

  Relay(
      ChannelHandlerContext client,
      Exchange exchange,
      PagesPool pool,
      HttpRequest request,
      FrontLimits limits) {
    this.client = client;
    this.exchange = exchange;
    this.pool = pool;
    this.request = request;
    this.limits = limits;
  }

  void start() {
    holdClient();
    pool.acquire(retried, this::connected, failure -> fail());
  }

  private void connected(PagesConnection connection) {
    if (done) {
      connection.giveBack();
      return;
    }
    pages = connection;
    connection.use(this);
    connection.write(request);
    while (!early.isEmpty()) {
      send(connection, early.remove());
    }
    connection.channel().flush();
    if (connection.channel().isWritable()) {
      letClientBeRead();
    }
  }

  /** A piece of the client's body; taken over. */
  void fromClient(HttpContent content) {
    requestEnded |= content instanceof LastHttpContent;
    hasBody |= content.content().isReadable();
    if (done || stopSending) {
      content.release();
    } else if (pages == null) {
      early.add(withoutTrailers(content));
    } else {
      send(pages, withoutTrailers(content));
    }
  }

  private void send(PagesConnection connection, HttpContent content) {
    connection
        .write(content)
        .addListener(sent -> {
          if (!sent.isSuccess() && connection == pages) {
            discardBody();
          }
        });
    if (!connection.channel().isWritable()) {
      holdClient();
    }
  }

  /** The server takes no more of the body; its answer may still come. */
  private void discardBody() {
    stopSending = true;
    letClientBeRead();
  }

  void flushToPages() {
    if (pages != null && !done) {
      pages.channel().flush();
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
    if (!requestEnded) {
      discardBody();
    }
    HopByHop.strip(response.headers());
    response.setProtocolVersion(HttpVersion.HTTP_1_1);
    client.write(response);
  }

  @Override
  public void content(HttpContent content) {
    progress();
    client.write(withoutTrailers(content));
    if (content instanceof LastHttpContent) {
      finish();
    } else if (pages != null && !client.channel().isWritable()) {
      Reading.of(pages.channel()).hold(this);
    }
  }

  private void finish() {
    var connection = pages;
    end();
    if (connection != null) {
      Reading.of(connection.channel()).release(this);
      if (reusable && requestEnded && !stopSending) {
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
    letClientBeRead();
  }

  void clientIsWritable() {
    if (pages != null) {
      progress();
      Reading.of(pages.channel()).release(this);
    }
  }

  @Override
  public void closed() {
    boolean stale = pages != null && pages.isReused() && !retried;
    if (answering) {
      end();
      exchange.cut();
    } else if (stale && requestEnded && !hasBody && SAFE.contains(request.method().name())) {
      pages = null;
      retried = true;
      stopSending = false;
      early.add(LastHttpContent.EMPTY_LAST_CONTENT);
      start();
    } else {
      fail();
    }
  }

  private void fail() {
    if (!done) {
      cancel();
      exchange.answer(Refusal.UNAVAILABLE);
    }
  }

  /** Nobody waits for the response any more. */
  void cancel() {
    if (pages != null) {
      pages.close();
    }
    end();
  }

  private void end() {
    done = true;
    pages = null;
    early.forEach(ReferenceCountUtil::release);
    early.clear();
    letClientBeRead();
  }

  /** Gives up on a server that does nothing although it is its turn. */
  void check(long now) {
    boolean clientsTurn = pages != null && !requestEnded && pages.channel().isWritable();
    if (done || clientsTurn || !client.channel().isWritable()) {
      lastProgress = now;
    } else if (now - lastProgress > limits.answerWithin().toNanos()) {
      if (answering) {
        cancel();
        exchange.cut();
      } else {
        fail();
      }
    }
  }

  private void progress() {
    lastProgress = System.nanoTime();
  }

  private void holdClient() {
    Reading.of(client.channel()).hold(this);
  }

  private void letClientBeRead() {
    Reading.of(client.channel()).release(this);
  }

  private static HttpContent withoutTrailers(HttpContent content) {
    return content instanceof LastHttpContent last && !last.trailingHeaders().isEmpty()
        ? new DefaultLastHttpContent(last.content())
        : content;
  }
}
