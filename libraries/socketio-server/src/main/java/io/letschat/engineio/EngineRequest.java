package io.letschat.engineio;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of a request that the engine looks at. */
public record EngineRequest(HttpRequest http, Map<String, List<String>> query) {
  /** Most parameters of a query that are looked at. */
  private static final int MOST_PARAMETERS = 64;

  /**
   * Whether the request is for the engine: its path, with or without the last slash, and nothing
   * below.
   */
  static boolean isFor(String path, String uri) {
    String target = withoutAuthority(uri);
    int query = target.indexOf('?');
    String requested = query < 0 ? target : target.substring(0, query);
    return requested.equals(path)
        || (requested.length() == path.length() - 1 && path.startsWith(requested));
  }

  /** A request to a proxy names scheme and host, too (RFC 9112, 3.2.2). */
  private static String withoutAuthority(String uri) {
    int scheme = uri.indexOf("://");
    if (scheme <= 0 || uri.charAt(0) == '/') {
      return uri;
    }
    int path = uri.indexOf('/', scheme + 3);
    return path < 0 ? "/" : uri.substring(path);
  }

  /** Null when the query has malformed escapes. */
  static @Nullable EngineRequest of(HttpRequest http) {
    try {
      QueryStringDecoder decoder =
          new QueryStringDecoder(http.uri(), StandardCharsets.UTF_8, true, MOST_PARAMETERS);
      return new EngineRequest(http, decoder.parameters());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Nullable String parameter(String name) {
    List<String> values = query.get(name);
    return values == null || values.isEmpty() ? null : values.getLast();
  }

  HttpMethod method() {
    return http.method();
  }

  public HttpHeaders headers() {
    return http.headers();
  }

  boolean isWebSocketUpgrade() {
    return headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
        && headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
  }

  @Nullable EngineTransport transport() {
    String name = parameter("transport");
    for (EngineTransport transport : EngineTransport.values()) {
      if (transport.wireName().equals(name)) {
        return transport;
      }
    }
    return null;
  }

  @Nullable EngineVersion version() {
    return switch (parameter("EIO")) {
      case "4" -> EngineVersion.V4;
      case "3" -> EngineVersion.V3;
      case null, default -> null;
    };
  }
}
