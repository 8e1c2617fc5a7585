package io.letschat.protocol;

import java.util.Optional;

/**
 * The headers that the gateway adds to what it passes to the pages' server, and what they mean
 * there. A client's own headers that begin with {@value #PREFIX} are dropped, and those of proxies
 * that are not trusted; the pages believe the rest once {@link GatewaySecret} was shown.
 */
public final class GatewayHeaders {
  public static final String PREFIX = "x-letschat-";

  /** The secret of this start; a request without it did not come through the gateway. */
  public static final String SECRET = PREFIX + "front";

  /** The client's address, in digits, after looking through the trusted proxies. */
  public static final String CLIENT = PREFIX + "client";

  /** {@code true} when no proxy, trusted or not, says that it forwarded the request. */
  public static final String DIRECT = PREFIX + "direct";

  /** {@code http} or {@code https}, as the client asked. */
  public static final String SCHEME = "x-forwarded-proto";

  /** The name and port that the client asked for. */
  public static final String HOST = "x-forwarded-host";

  /** By which one request is found in the logs of all that it went through. */
  public static final String REQUEST_ID = "x-request-id";

  private GatewayHeaders() {}

  /** The client's address; empty where nobody says, or not in digits. */
  public static Optional<ClientAddress> client(HeaderLookup headers) {
    return ClientAddress.parse(headers.get(CLIENT));
  }

  /** Whether no proxy says that it forwarded the request. */
  public static boolean isDirect(HeaderLookup headers) {
    return "true".equals(headers.get(DIRECT));
  }

  /** Whether the client reached us over TLS. */
  public static boolean isHttps(HeaderLookup headers) {
    return "https".equalsIgnoreCase(headers.get(SCHEME));
  }

  /** The name and port by which the client knows us; empty where it named none. */
  public static String host(HeaderLookup headers) {
    String forwarded = headers.get(HOST);
    String host = forwarded == null ? headers.get("host") : forwarded;
    return host == null ? "" : host;
  }
}
