package io.letschat.gateway.example;

import com.sun.net.httpserver.HttpServer;
import io.letschat.gateway.GatewayServer;
import io.letschat.gateway.GatewaySettings;
import io.letschat.protocol.GatewayHeaders;
import io.letschat.protocol.GatewaySecret;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The JDK's HTTP server behind the gateway. */
final class GatewayExample implements AutoCloseable {
  private final GatewaySecret secret = GatewaySecret.random(new SecureRandom());
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final HttpServer upstream;
  private final GatewayServer gateway;

  GatewayExample() throws IOException {
    upstream = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    upstream.createContext(
        "/",
        exchange -> {
          var headers = exchange.getRequestHeaders();
          boolean ours = secret.isShownIn(headers::getFirst);
          var page = "Hello " + headers.getFirst(GatewayHeaders.CLIENT);
          exchange.sendResponseHeaders(ours ? 200 : 403, 0);
          try (var body = exchange.getResponseBody()) {
            body.write(page.getBytes(StandardCharsets.UTF_8));
          }
        });
    upstream.start();
    gateway =
        GatewayServer.start(
            GatewaySettings.at(new InetSocketAddress("127.0.0.1", 0)),
            loops,
            // No sockets here: a handler that passes everything on. With socketio-server it is
            // server::newConnectionHandler.
            ChannelInboundHandlerAdapter::new,
            upstream.getAddress(),
            secret);
  }

  InetSocketAddress address() {
    return gateway.address();
  }

  @Override
  public void close() {
    gateway.close(Duration.ofSeconds(5));
    upstream.stop(0);
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
