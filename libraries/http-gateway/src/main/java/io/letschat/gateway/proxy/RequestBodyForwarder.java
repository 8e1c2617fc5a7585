package io.letschat.gateway.proxy;

import io.letschat.netty.http.ReadControl;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request on its way to the upstream server. The client is not read before there is
 * a connection, nor while that connection cannot be written.
 */
final class RequestBodyForwarder {
  private final Channel client;
  private final ArrayDeque<HttpContent> early = new ArrayDeque<>(2);
  private @Nullable UpstreamConnection to;
  private boolean ended;
  private boolean empty = true;
  private boolean discarding;

  RequestBodyForwarder(Channel client) {
    this.client = client;
    ReadControl.of(client).hold(this);
  }

  /** Whether the client has sent all of it. */
  boolean isEnded() {
    return ended;
  }

  /** Whether there was nothing to it but its end. */
  boolean isEmpty() {
    return ended && empty;
  }

  /** Whether the server was given all of it. */
  boolean isComplete() {
    return ended && !discarding;
  }

  /** A piece of the body; taken over. */
  void add(HttpContent content) {
    ended |= content instanceof LastHttpContent;
    empty &= !content.content().isReadable();
    if (discarding) {
      content.release();
    } else if (to == null) {
      early.add(withoutTrailers(content));
    } else {
      send(to, withoutTrailers(content));
    }
  }

  /** Starts to send; the head of the request has been written. */
  void sendTo(UpstreamConnection connection) {
    to = connection;
    while (!early.isEmpty()) {
      send(connection, early.remove());
    }
    connection.channel().flush();
    if (connection.channel().isWritable()) {
      resume();
    }
  }

  private void send(UpstreamConnection connection, HttpContent content) {
    connection
        .write(content)
        .addListener(sent -> {
          if (!sent.isSuccess() && connection == to) {
            discard();
          }
        });
    if (!connection.channel().isWritable()) {
      ReadControl.of(client).hold(this);
    }
  }

  /** An empty body is to be sent again, over another connection. */
  void retry() {
    to = null;
    discarding = false;
    early.add(LastHttpContent.EMPTY_LAST_CONTENT);
    ReadControl.of(client).hold(this);
  }

  /** The server can be written again. */
  void resume() {
    ReadControl.of(client).release(this);
  }

  /** Throws the rest away: the server takes no more of it, though it may still answer. */
  void discard() {
    discarding = true;
    to = null;
    early.forEach(ReferenceCountUtil::release);
    early.clear();
    resume();
  }

  /** RFC 9110, 6.5.1 lets a proxy drop trailers. */
  static HttpContent withoutTrailers(HttpContent content) {
    return content instanceof LastHttpContent last && !last.trailingHeaders().isEmpty()
        ? new DefaultLastHttpContent(last.content())
        : content;
  }
}
