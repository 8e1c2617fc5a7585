package io.letschat.benchmarks;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Many clients over WebSocket, in the main namespace, that count what they hear. */
final class Crowd implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int AT_A_TIME = 100;

  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final List<Channel> channels = new ArrayList<>();
  private final AtomicLong connected = new AtomicLong();
  private final AtomicLong heard = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();

  Crowd(int port, int clients) {
    URI uri = URI.create("ws://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket");
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(new HttpClientCodec())
                        .addLast(new HttpObjectAggregator(8192))
                        .addLast(
                            new WebSocketClientProtocolHandler(
                                WebSocketClientProtocolConfig.newBuilder()
                                    .webSocketUri(uri)
                                    .build()))
                        .addLast(new Client());
                  }
                });
    for (int made = 0; made < clients; made += AT_A_TIME) {
      List<ChannelFuture> opening = new ArrayList<>();
      for (int i = made; i < Math.min(clients, made + AT_A_TIME); i++) {
        opening.add(bootstrap.connect("127.0.0.1", port));
      }
      opening.forEach(future -> channels.add(future.syncUninterruptibly().channel()));
      long expected = channels.size();
      await("connected", () -> connected.get() == expected);
    }
  }

  /** Waits until the clients together have heard so many messages since the crowd came. */
  void awaitHeard(long messages) {
    await("heard " + messages, () -> heard.get() >= messages);
    if (heard.get() > messages || lost.get() > 0) {
      throw new IllegalStateException("heard " + heard.get() + ", lost " + lost.get());
    }
  }

  private void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "not "
                + what
                + ": "
                + connected
                + " connected, "
                + heard
                + " heard, "
                + lost
                + " lost");
      }
      LockSupport.parkNanos(200_000);
    }
  }

  @Override
  public void close() {
    channels.forEach(Channel::close);
    loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private final class Client extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private boolean isConnected;

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, TextWebSocketFrame frame) {
      byte type = frame.content().getByte(0);
      if (type == '0') {
        ctx.writeAndFlush(new TextWebSocketFrame("40"));
      } else if (type == '2') {
        ctx.writeAndFlush(new TextWebSocketFrame("3"));
      } else if (frame.content().getByte(1) == '2') {
        heard.incrementAndGet();
      } else if (!isConnected && startsWith(frame, "40{")) {
        isConnected = true;
        connected.incrementAndGet();
      }
    }

    private static boolean startsWith(TextWebSocketFrame frame, String text) {
      return frame.content().toString(0, text.length(), StandardCharsets.US_ASCII).equals(text);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      lost.incrementAndGet();
    }
  }
}
