package io.letschat.messaging.socketio;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketConfig;
import io.letschat.messaging.engineio.NotFound;
import io.letschat.messaging.front.OneRequestAtATime;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
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
import org.jspecify.annotations.Nullable;

/**
 * The server's own port, where no front has one. Everything but the engine's path is answered with
 * 404.
 */
final class StandalonePort {
  /** How long a connection may be without a request, or with half the head of one. */
  private static final Duration HEAD_PATIENCE = Duration.ofSeconds(20);

  private final Configuration configuration;
  private final ConformantSocketIOServer server;
  private @Nullable EventLoopGroup loops;
  private @Nullable Channel listening;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

  StandalonePort(Configuration configuration, ConformantSocketIOServer server) {
    this.configuration = configuration;
    this.server = server;
  }

  Future<Void> open() {
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            configuration.getWorkerThreads(), NioIoHandler.newFactory());
    loops = group;
    SocketConfig sockets = configuration.getSocketConfig();
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, sockets.getAcceptBackLog())
            .childOption(ChannelOption.TCP_NODELAY, sockets.isTcpNoDelay())
            .childOption(ChannelOption.SO_KEEPALIVE, sockets.isTcpKeepAlive())
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    connections.add(channel);
                    channel
                        .pipeline()
                        .addLast(new HttpServerCodec())
                        .addLast(new HeadTimeout(HEAD_PATIENCE))
                        .addLast(new OneRequestAtATime())
                        .addLast(server.newConnectionHandler())
                        .addLast(new NotFound());
                  }
                });
    String host = configuration.getHostname();
    int port = Math.max(0, configuration.getPort());
    ChannelFuture bound =
        bootstrap.bind(
            host == null ? new InetSocketAddress(port) : new InetSocketAddress(host, port));
    listening = bound.channel();
    return bound;
  }

  int number() {
    if (listening != null && listening.localAddress() instanceof InetSocketAddress address) {
      return address.getPort();
    }
    throw new IllegalStateException("not started");
  }

  void close() {
    Channel port = listening;
    EventLoopGroup group = loops;
    listening = null;
    loops = null;
    if (port != null) {
      port.close().awaitUninterruptibly();
    }
    if (group != null) {
      awaitAccepted(group);
      // Close frames are on their way; what is not gone by then is closed.
      connections.newCloseFuture().awaitUninterruptibly(100, TimeUnit.MILLISECONDS);
      connections.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  /**
   * What was accepted last is on its way to its event loop. A loop that ends before it came would
   * leave that connection open, with nobody to answer it.
   */
  private static void awaitAccepted(EventLoopGroup group) {
    group.forEach(loop -> loop.submit(() -> {}).awaitUninterruptibly(1, TimeUnit.SECONDS));
  }
}
