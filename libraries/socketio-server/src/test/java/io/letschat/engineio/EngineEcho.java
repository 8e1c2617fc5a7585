package io.letschat.engineio;

import static io.letschat.netty.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.engineio.packet.EnginePacket;
import io.letschat.engineio.session.EngineSession;
import io.letschat.engineio.session.EngineSessionListener;
import io.letschat.netty.http.HttpPipeliningHandler;
import io.letschat.socketio.standalone.NotFoundHandler;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A bare Engine.IO server on an ephemeral port that sends back what it receives. */
final class EngineEcho implements AutoCloseable {
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final EngineServer engine;
  private final Channel listening;
  private final ConcurrentLinkedQueue<CloseReason> closed = new ConcurrentLinkedQueue<>();

  EngineEcho(EngineSettings settings) {
    this(settings, 0);
  }

  private EngineEcho(EngineSettings settings, int port) {
    engine = new EngineServer(settings, this::listener);
    listening =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new HttpPipeliningHandler(),
                            engine.newConnectionHandler(),
                            new NotFoundHandler());
                  }
                })
            .bind("127.0.0.1", port)
            .syncUninterruptibly()
            .channel();
  }

  private EngineSessionListener listener(EngineSession session) {
    return new EngineSessionListener() {
      @Override
      public void onText(String data) {
        session.send(EnginePacket.text(data));
      }

      @Override
      public void onBinary(byte[] data) {
        session.send(EnginePacket.binary(data));
      }

      @Override
      public void onClose(CloseReason reason) {
        closed.add(reason);
      }
    };
  }

  int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  EngineServer engine() {
    return engine;
  }

  /** Waits until a polling session has a poll that waits for something to be sent. */
  void awaitPoll() {
    eventually(
        "a poll waits",
        () ->
            engine.sessions().stream()
                .filter(session -> session.transport() == EngineTransport.POLLING)
                .anyMatch(EngineSession::isWritable));
  }

  /** Waits until as many sessions have ended, for these reasons in this order. */
  void awaitClosed(CloseReason... reasons) {
    eventually(reasons.length + " sessions ended", () -> closed.size() >= reasons.length);
    assertThat(closed).containsExactly(reasons);
  }

  @Override
  public void close() {
    engine.stop();
    listening.close().syncUninterruptibly();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  public static void main(String[] args) throws InterruptedException {
    EngineSettings settings =
        new EngineSettings.Builder()
            .path("/engine.io/")
            .heartbeat(java.time.Duration.ofMillis(300), java.time.Duration.ofMillis(200))
            .build();
    EngineEcho echo = new EngineEcho(settings, Integer.parseInt(args[0]));
    System.out.println("listening on " + echo.port());
    Thread.currentThread().join();
  }
}
