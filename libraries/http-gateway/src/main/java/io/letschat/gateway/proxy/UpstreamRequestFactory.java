package io.letschat.gateway.proxy;

import io.letschat.gateway.ClientInfo;
import io.letschat.gateway.ForwardedHeaders;
import io.letschat.gateway.TrustedProxies;
import io.letschat.protocol.GatewayHeaders;
import io.letschat.protocol.GatewaySecret;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.Map;

/** Turns a client's request into the one that the upstream server gets. */
public final class UpstreamRequestFactory {
  private final TrustedProxies trusted;
  private final GatewaySecret secret;

  public UpstreamRequestFactory(TrustedProxies trusted, GatewaySecret secret) {
    this.trusted = trusted;
    this.secret = secret;
  }

  HttpRequest from(HttpRequest request, SocketAddress peer, SocketAddress local, String requestId) {
    var sender = ClientInfo.of(peer, request.headers(), trusted);
    boolean chunked = HttpUtil.isTransferEncodingChunked(request);
    boolean hasBody = chunked || HttpUtil.getContentLength(request, 0L) > 0;
    var out = new DefaultHttpRequest(HttpVersion.HTTP_1_1, request.method(), request.uri());
    var headers = out.headers();
    boolean isTrusted = peer instanceof InetSocketAddress inet && trusted.trusts(inet.getAddress());
    var chain = isTrusted ? String.join(", ", request.headers().getAll(ForwardedHeaders.FOR)) : "";
    var standard =
        isTrusted ? String.join(", ", request.headers().getAll(ForwardedHeaders.STANDARD)) : "";
    copy(request.headers(), headers);
    HopByHop.strip(headers);
    if (chunked) {
      headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    if (!hasBody || !HttpUtil.is100ContinueExpected(request)) {
      headers.remove(HttpHeaderNames.EXPECT);
    }
    if (!headers.contains(HttpHeaderNames.HOST)) {
      headers.set(HttpHeaderNames.HOST, named(local));
    }
    var host = sender.host().isEmpty() ? headers.get(HttpHeaderNames.HOST, "") : sender.host();
    var from = peer instanceof InetSocketAddress inet ? inet.getAddress() : sender.address();
    headers.set(ForwardedHeaders.FOR, append(chain, NetUtil.toAddressString(from)));
    headers.set(GatewayHeaders.SCHEME, sender.scheme());
    headers.set(GatewayHeaders.HOST, host);
    headers.set(
        ForwardedHeaders.STANDARD,
        append(standard, ForwardedHeaders.element(from, sender.scheme(), host)));
    headers.set(GatewayHeaders.REQUEST_ID, requestId);
    headers.set(GatewayHeaders.SECRET, secret.value());
    headers.set(GatewayHeaders.CLIENT, NetUtil.toAddressString(sender.address()));
    headers.set(GatewayHeaders.DIRECT, Boolean.toString(sender.direct()));
    return out;
  }

  private static void copy(HttpHeaders from, HttpHeaders to) {
    for (Map.Entry<String, String> header : from) {
      var name = header.getKey();
      if (!ForwardedHeaders.isForwarding(name)
          && !name.toLowerCase(Locale.ROOT).startsWith(GatewayHeaders.PREFIX)) {
        to.add(name, header.getValue());
      }
    }
  }

  private static String append(String chain, String element) {
    return chain.isBlank() ? element : chain + ", " + element;
  }

  private static String named(SocketAddress local) {
    if (!(local instanceof InetSocketAddress inet)) {
      return "localhost";
    }
    InetAddress address = inet.getAddress();
    var text = NetUtil.toAddressString(address);
    return (text.indexOf(':') >= 0 ? "[" + text + "]" : text) + ":" + inet.getPort();
  }
}
