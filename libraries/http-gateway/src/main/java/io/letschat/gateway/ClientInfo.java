package io.letschat.gateway;

import io.letschat.gateway.http.HostHeader;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;

/**
 * Who sent a request, and how: what rate limits, cookies and logs go by. Without a trusted proxy it
 * is the connection's peer, speaking http to the host it names. Behind one, the forwarding headers
 * are read from the right, where the nearest proxy wrote, up to the first address that is not
 * trusted: what stands further left is that sender's own claim.
 *
 * @param address the client's address
 * @param scheme {@code http} or {@code https}
 * @param host the host, with its port if it named one, that the client asked for; empty when it
 *     named none
 * @param direct whether no proxy, trusted or not, says that it forwarded the request
 */
public record ClientInfo(InetAddress address, String scheme, String host, boolean direct) {

  /** Who sent the request with these headers over the connection of this peer. */
  public static ClientInfo of(SocketAddress peer, HttpHeaders headers, TrustedProxies trusted) {
    var from =
        peer instanceof InetSocketAddress inet && inet.getAddress() != null
            ? inet.getAddress()
            : InetAddress.getLoopbackAddress();
    var host = headers.get(HttpHeaderNames.HOST, "");
    boolean direct = !ForwardedHeaders.isClaimedBy(headers);
    if (direct || !trusted.trusts(from)) {
      return new ClientInfo(from, "http", host, direct);
    }
    var chain = ForwardedHeaders.chain(headers);
    return new ClientInfo(
        client(from, chain.addresses(), trusted), scheme(chain), host(chain, host), false);
  }

  /** The address with port 0: behind a proxy nobody knows the client's port. */
  public InetSocketAddress socketAddress() {
    return new InetSocketAddress(address, 0);
  }

  private static InetAddress client(
      InetAddress peer, List<String> addresses, TrustedProxies trusted) {
    var nearest = peer;
    for (String text : addresses.reversed()) {
      var address = ForwardedHeaders.address(text);
      if (address == null) {
        return nearest;
      }
      nearest = address;
      if (!trusted.trusts(address)) {
        return nearest;
      }
    }
    return nearest;
  }

  private static String scheme(ForwardedHeaders.Chain chain) {
    return switch (chain.scheme().toLowerCase(Locale.ROOT)) {
      case "https", "wss" -> "https";
      default -> "http";
    };
  }

  private static String host(ForwardedHeaders.Chain chain, String host) {
    return HostHeader.isValid(chain.host()) ? chain.host() : host;
  }
}
