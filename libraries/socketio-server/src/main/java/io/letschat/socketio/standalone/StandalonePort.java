package io.letschat.socketio.standalone;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketConfig;
import io.letschat.netty.http.HttpPipeliningHandler;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The server's own port, where no HTTP server has one. Everything but the engine's path is answered
 * with 404.
 */
public final class StandalonePort {
  /** How long a connection may be without a request, or with half the head of one. */
  private static final Duration REQUEST_HEADER_TIMEOUT = Duration.ofSeconds(20);

  private final Configuration configuration;
  private final Supplier<ChannelHandler> connectionHandlers;
  private @Nullable Listening opened;

  private record Listening(EventLoopGroup loops, Channel listening, ChannelGroup connections) {}

  /**
   * @param connectionHandlers makes the handler of each connection
   */
  public StandalonePort(Configuration configuration, Supplier<ChannelHandler> connectionHandlers) {
    this.configuration = configuration;
    this.connectionHandlers = connectionHandlers;
  }

  public Future<Void> open() {
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            configuration.getWorkerThreads(), NioIoHandler.newFactory());
    // What was accepted last may come to its event loop only when that is about to end, which would
    // leave it open with nobody to answer it: what joins this group once it is closed is closed.
    ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    SocketConfig sockets = configuration.getSocketConfig();
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, sockets.getAcceptBackLog())
            .childOption(ChannelOption.TCP_NODELAY, sockets.isTcpNoDelay())
            .childOption(ChannelOption.SO_KEEPALIVE, sockets.isTcpKeepAlive())
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    connections.add(channel);
                    channel
                        .pipeline()
                        .addLast(new HttpServerCodec())
                        .addLast(new RequestHeaderTimeoutHandler(REQUEST_HEADER_TIMEOUT))
                        .addLast(new HttpPipeliningHandler())
                        .addLast(connectionHandlers.get())
                        .addLast(new NotFoundHandler());
                  }
                });
    String host = configuration.getHostname();
    int port = Math.max(0, configuration.getPort());
    ChannelFuture bound =
        bootstrap.bind(
            host == null ? new InetSocketAddress(port) : new InetSocketAddress(host, port));
    opened = new Listening(loops, bound.channel(), connections);
    return bound;
  }

  /** The bound port. */
  public int number() {
    if (opened != null && opened.listening().localAddress() instanceof InetSocketAddress address) {
      return address.getPort();
    }
    throw new IllegalStateException("not started");
  }

  public void close() {
    Listening closing = opened;
    opened = null;
    if (closing == null) {
      return;
    }
    closing.listening().close().awaitUninterruptibly();
    // Close frames are on their way; what is not gone by then is closed.
    closing.connections().newCloseFuture().awaitUninterruptibly(100, TimeUnit.MILLISECONDS);
    closing.connections().close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    closing.loops().shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
