package io.letschat.gateway.http;

import io.letschat.gateway.GatewayLimits;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a request must be to be served: RFC 9110 and 9112, narrowed to what has one meaning to every
 * server in a chain.
 */
public final class RequestRules {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  static final String METHODS_SERVED = String.join(", ", new TreeSet<>(METHODS));

  /** Methods that make a server speak to others or repeat what it got. */
  private static final Set<String> NEVER = Set.of("CONNECT", "TRACE", "TRACK");

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}");
  private static final Pattern TARGET = Pattern.compile("/[!$-;=?-~]*");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  private final int headerCount;

  public RequestRules(GatewayLimits limits) {
    headerCount = limits.headerCount();
  }

  /** Why the request is not served; empty when it is. */
  Optional<HttpRejection> violation(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return Optional.of(undecodable(request.decoderResult().cause()));
    }
    var headers = request.headers();
    var version = request.protocolVersion();
    boolean modern = version.equals(HttpVersion.HTTP_1_1);
    if (!modern && !version.equals(HttpVersion.HTTP_1_0)) {
      return Optional.of(HttpRejection.VERSION);
    }
    if (headers.size() > headerCount) {
      return Optional.of(HttpRejection.HEADERS_TOO_LARGE);
    }
    var method = request.method().name();
    if (NEVER.contains(method) || !TOKEN.matcher(method).matches()) {
      return Optional.of(HttpRejection.BAD_METHOD);
    }
    if (!METHODS.contains(method)) {
      return Optional.of(HttpRejection.METHOD_NOT_ALLOWED);
    }
    if (!isForWholeServer(request) && !TARGET.matcher(request.uri()).matches()) {
      return Optional.of(HttpRejection.BAD_TARGET);
    }
    if (!hostIsRight(headers, modern)) {
      return Optional.of(HttpRejection.BAD_HOST);
    }
    if (!lengthIsRight(headers, modern)) {
      return Optional.of(HttpRejection.BAD_LENGTH);
    }
    var expect = headers.get(HttpHeaderNames.EXPECT);
    if (modern && expect != null && !expect.equalsIgnoreCase("100-continue")) {
      return Optional.of(HttpRejection.EXPECTATION);
    }
    return Optional.empty();
  }

  static boolean isForWholeServer(HttpRequest request) {
    return request.method().equals(HttpMethod.OPTIONS) && request.uri().equals("*");
  }

  private static HttpRejection undecodable(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException tooLong -> HttpRejection.LINE_TOO_LONG;
      case TooLongHttpHeaderException tooLong -> HttpRejection.HEADERS_TOO_LARGE;
      default -> HttpRejection.MALFORMED;
    };
  }

  private static boolean hostIsRight(HttpHeaders headers, boolean modern) {
    var hosts = headers.getAll(HttpHeaderNames.HOST);
    return switch (hosts.size()) {
      case 0 -> !modern;
      case 1 -> HostHeader.isValid(hosts.getFirst());
      default -> false;
    };
  }

  /** Netty reads an 8-byte body into a request with the keys of a WebSocket draft of 2010. */
  private static boolean lengthIsRight(HttpHeaders headers, boolean modern) {
    var lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
    var codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY1)) {
      return false;
    }
    if (codings.isEmpty()) {
      return lengths.isEmpty()
          || (lengths.size() == 1 && LENGTH.matcher(lengths.getFirst()).matches());
    }
    return modern
        && lengths.isEmpty()
        && codings.size() == 1
        && codings.getFirst().equalsIgnoreCase("chunked");
  }
}
