package io.letschat.gateway.http;

import io.letschat.gateway.TrustedProxies;
import io.letschat.protocol.GatewayHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The id by which one request is found in logs: that of the proxy before us, if it is trusted and
 * the id is well-formed, or one of our own. Not a secret.
 */
final class RequestId {
  static final String HEADER = GatewayHeaders.REQUEST_ID;

  private static final Pattern WELL_FORMED =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:=@+/-]{0,127}");

  private RequestId() {}

  static String of(HttpRequest request, SocketAddress peer, TrustedProxies trusted) {
    List<String> given = request.headers().getAll(HEADER);
    boolean believed =
        given.size() == 1
            && peer instanceof InetSocketAddress inet
            && inet.getAddress() != null
            && trusted.trusts(inet.getAddress())
            && WELL_FORMED.matcher(given.getFirst()).matches();
    return believed ? given.getFirst() : made();
  }

  /** 128 bits, so that no two requests of all nodes share one. */
  private static String made() {
    var random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }
}
