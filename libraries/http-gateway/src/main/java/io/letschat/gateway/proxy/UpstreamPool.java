package io.letschat.gateway.proxy;

import io.letschat.gateway.GatewayLimits;
import io.letschat.gateway.http.DeadlineSweeper;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to the upstream server that belong to one event loop. A client's connection uses
 * those of its own loop, so that nothing here is shared between threads.
 */
public final class UpstreamPool implements DeadlineSweeper.Checked {
  private static final Logger log = LoggerFactory.getLogger(UpstreamPool.class);
  private static final int MOST_IDLE = 64;
  private static final HttpDecoderConfig RESPONSES =
      new HttpDecoderConfig()
          .setMaxInitialLineLength(8 * 1024)
          .setMaxHeaderSize(64 * 1024)
          .setMaxChunkSize(64 * 1024);

  private final GatewayLimits limits;
  private final Bootstrap bootstrap;
  private final Deque<UpstreamConnection> idle = new ArrayDeque<>();
  private boolean unreachable;
  private boolean closed;

  public UpstreamPool(EventLoop loop, InetSocketAddress upstream, GatewayLimits limits) {
    this.limits = limits;
    bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .remoteAddress(upstream)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) limits.connectWithin().toMillis())
            // The answer to an upload that is refused can still be read after a write failed.
            .option(ChannelOption.AUTO_CLOSE, false)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new HttpClientCodec(RESPONSES, false, false),
                            new UpstreamConnection(channel, UpstreamPool.this));
                  }
                });
  }

  /** Hands over a connection, or the reason why there is none; perhaps before it returns. */
  void acquire(boolean fresh, Consumer<UpstreamConnection> connected, Consumer<Throwable> failed) {
    UpstreamConnection kept;
    while (!fresh && (kept = idle.pollLast()) != null) {
      if (kept.channel().isActive()) {
        connected.accept(kept);
        return;
      }
    }
    bootstrap
        .connect()
        .addListener((ChannelFuture connecting) -> {
          note(connecting);
          if (connecting.isSuccess()) {
            connected.accept(connecting.channel().pipeline().get(UpstreamConnection.class));
          } else {
            failed.accept(connecting.cause());
          }
        });
  }

  private void note(ChannelFuture connecting) {
    if (connecting.isSuccess() == unreachable) {
      unreachable = !unreachable;
      if (unreachable) {
        log.warn("the upstream server cannot be reached: {}", connecting.cause().toString());
      } else {
        log.info("the upstream server is reachable again");
      }
    }
  }

  void giveBack(UpstreamConnection connection) {
    if (closed || idle.size() >= MOST_IDLE || !connection.channel().isActive()) {
      connection.close();
    } else {
      idle.addLast(connection);
    }
  }

  void forget(UpstreamConnection connection) {
    idle.remove(connection);
  }

  @Override
  public void check(long now) {
    UpstreamConnection longest;
    while ((longest = idle.peekFirst()) != null
        && now - longest.idleSince() > limits.pooledIdle().toNanos()) {
      idle.removeFirst();
      longest.close();
    }
  }

  public void close() {
    closed = true;
    while (!idle.isEmpty()) {
      idle.removeFirst().close();
    }
  }
}
