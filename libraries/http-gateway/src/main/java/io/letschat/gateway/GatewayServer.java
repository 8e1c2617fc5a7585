package io.letschat.gateway;

import io.letschat.gateway.http.HttpExchange;
import io.letschat.protocol.GatewayHeaders;
import io.letschat.protocol.GatewaySecret;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The server on the public port. Requests that the sockets' handler does not take are streamed to
 * the upstream server behind it, with {@link GatewayHeaders} added.
 */
public final class GatewayServer {
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);

  private final Channel server;
  private final ChannelGroup connections;
  private final GatewayChannelInitializer pipeline;

  private GatewayServer(
      Channel server, ChannelGroup connections, GatewayChannelInitializer pipeline) {
    this.server = server;
    this.connections = connections;
    this.pipeline = pipeline;
  }

  /**
   * Starts to listen.
   *
   * @param loops NIO event loops, which stay the caller's to shut down after the gateway is closed
   * @param sockets makes the handler of one connection, which consumes the requests for the sockets
   *     (valid ones, one at a time) and passes all other objects on untouched
   * @param upstream where the upstream server listens
   * @param secret goes with every request to the upstream server, as {@link GatewayHeaders#SECRET}
   * @throws IOException when the address cannot be bound
   */
  public static GatewayServer start(
      GatewaySettings settings,
      EventLoopGroup loops,
      Supplier<? extends ChannelHandler> sockets,
      InetSocketAddress upstream,
      GatewaySecret secret)
      throws IOException {
    var connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    var pipeline = new GatewayChannelInitializer(settings, sockets, upstream, secret, connections);
    var binding =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            // RFC 9112, 9.6: who has sent its last request may say so and wait for the answer.
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(pipeline)
            .bind(settings.bind())
            .awaitUninterruptibly();
    if (!binding.isSuccess()) {
      pipeline.close();
      throw new IOException("cannot listen on " + settings.bind(), binding.cause());
    }
    return new GatewayServer(binding.channel(), connections, pipeline);
  }

  /** Where it listens, with the port that was taken. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.localAddress();
  }

  /** Accepts no new connections; those there are keep being served. */
  public void stopAccepting() {
    server.close().awaitUninterruptibly();
  }

  /**
   * Stops accepting, lets the requests in flight be answered and closes every connection. Blocks;
   * not to be called on an event loop. Requests that hang in the sockets' handler, such as long
   * polls, hang here too, so the sockets are to be told to end first.
   *
   * @param grace how long answers in flight are waited for
   */
  public void close(Duration grace) {
    stopAccepting();
    for (Channel connection : connections) {
      connection.eventLoop().execute(() -> stop(connection));
    }
    long until = System.nanoTime() + grace.toNanos();
    while (System.nanoTime() < until && !connections.stream().allMatch(GatewayServer::isQuiet)) {
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
    connections.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    pipeline.close();
  }

  private static void stop(Channel connection) {
    var exchange = connection.pipeline().get(HttpExchange.class);
    if (exchange != null) {
      exchange.stop();
    }
  }

  /** Whether nothing is lost by closing it: it became a WebSocket, or has just been wound up. */
  private static boolean isQuiet(Channel connection) {
    var exchange = connection.pipeline().get(HttpExchange.class);
    return exchange == null || exchange.isClosing();
  }
}
