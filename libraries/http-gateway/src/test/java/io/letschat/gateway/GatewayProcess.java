package io.letschat.gateway;

import io.letschat.protocol.GatewaySecret;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A front in a process of its own, until its input ends. Says its port in its first line. */
final class GatewayProcess {
  private GatewayProcess() {}

  public static void main(String[] args) throws IOException {
    var loopback = InetAddress.getLoopbackAddress();
    var loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    var front =
        GatewayServer.start(
            GatewaySettings.at(new InetSocketAddress(loopback, 0)),
            loops,
            ChannelInboundHandlerAdapter::new,
            new InetSocketAddress(loopback, Integer.parseInt(args[0])),
            new GatewaySecret("secret"));
    System.out.println(front.address().getPort());
    while (System.in.read() >= 0) {
      // the test is not over
    }
    front.close(Duration.ZERO);
    loops.shutdownGracefully();
  }
}
