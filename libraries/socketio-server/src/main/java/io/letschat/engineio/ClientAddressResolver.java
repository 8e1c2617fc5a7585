package io.letschat.engineio;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;

/** Tells who sent a request; a gateway behind trusted proxies looks at {@code X-Forwarded-For}. */
@FunctionalInterface
public interface ClientAddressResolver {
  InetSocketAddress of(Channel channel, HttpRequest request);

  /** The peer of the TCP connection. */
  static ClientAddressResolver ofPeer() {
    return (channel, request) ->
        channel.remoteAddress() instanceof InetSocketAddress peer
            ? peer
            : InetSocketAddress.createUnresolved("unknown", 0);
  }
}
