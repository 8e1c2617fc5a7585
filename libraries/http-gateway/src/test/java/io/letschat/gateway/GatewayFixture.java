package io.letschat.gateway;

import io.letschat.protocol.GatewaySecret;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A front before a fake pages' server, with a sockets' handler that says what it was asked. */
public final class GatewayFixture implements AutoCloseable {
  static final String SECRET = "the-secret-of-this-start";

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final FakeUpstream pages;
  private final GatewayServer gatewayServer;
  final BlockingQueue<String> refusals = new LinkedBlockingQueue<>();

  public GatewayFixture(FakeUpstream.Behaviour behaviour) throws IOException {
    this(behaviour, settings -> settings);
  }

  public GatewayFixture(FakeUpstream.Behaviour behaviour, UnaryOperator<GatewaySettings> change)
      throws IOException {
    this(behaviour, change, SocketsStub::new);
  }

  public GatewayFixture(
      FakeUpstream.Behaviour behaviour,
      UnaryOperator<GatewaySettings> change,
      Supplier<ChannelHandler> sockets)
      throws IOException {
    pages = new FakeUpstream(behaviour);
    var plain =
        new GatewaySettings(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            TrustedProxies.nobody(),
            GatewayLimits.defaults(),
            refusals::add);
    gatewayServer =
        GatewayServer.start(
            change.apply(plain), loops, sockets, pages.address(), new GatewaySecret(SECRET));
  }

  FakeUpstream pages() {
    return pages;
  }

  GatewayServer front() {
    return gatewayServer;
  }

  public RawClient client() throws IOException {
    return new RawClient(gatewayServer.address());
  }

  public FakeUpstream.Call nextCall() throws InterruptedException {
    var call = pages.calls.poll(30, TimeUnit.SECONDS);
    if (call == null) {
      throw new AssertionError("no request reached the pages");
    }
    return call;
  }

  @Override
  public void close() throws IOException {
    gatewayServer.close(Duration.ZERO);
    pages.close();
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }

  private static final class SocketsStub extends ChannelInboundHandlerAdapter {
    private @Nullable String asked;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
      if (msg instanceof HttpRequest request && request.uri().startsWith("/socket.io/")) {
        asked = request.uri();
      }
      if (asked == null) {
        ctx.fireChannelRead(msg);
        return;
      }
      if (msg instanceof LastHttpContent) {
        var body = Unpooled.copiedBuffer("socket " + asked, StandardCharsets.ISO_8859_1);
        var response =
            new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
        response.headers().setInt("content-length", body.readableBytes());
        asked = null;
        ctx.writeAndFlush(response);
      }
      ReferenceCountUtil.release(msg);
    }
  }
}
