package io.letschat.gateway.proxy;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Headers that concern one connection only (RFC 9110, 7.6.1) and end at a proxy. */
final class HopByHop {
  private static final List<String> ALWAYS =
      List.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings");

  /** What frames and routes a message stays, whatever Connection names. */
  private static final Set<String> NEVER = Set.of("content-length", "host");

  private HopByHop() {}

  /** Removes them, with those that the Connection header names. */
  static void strip(HttpHeaders headers) {
    for (String value : headers.getAll("connection")) {
      for (String named : value.split(",", -1)) {
        var name = named.strip().toLowerCase(Locale.ROOT);
        if (!name.isEmpty() && !NEVER.contains(name)) {
          headers.remove(name);
        }
      }
    }
    ALWAYS.forEach(headers::remove);
  }
}
