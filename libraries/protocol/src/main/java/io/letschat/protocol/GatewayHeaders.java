package io.letschat.gateway;

/**
 * The headers that the front adds to what it passes to the pages' server. A client's own headers
 * that begin with {@value #PREFIX} are dropped.
 */
public final class GatewayHeaders {
  public static final String PREFIX = "x-letschat-";

  /** The secret of this start; a request without it did not come through the front. */
  public static final String SECRET = PREFIX + "front";

  /** The client's address, in digits, after looking through the trusted proxies. */
  public static final String CLIENT = PREFIX + "client";

  /** {@code true} when no proxy, trusted or not, says that it forwarded the request. */
  public static final String DIRECT = PREFIX + "direct";

  private GatewayHeaders() {}
}
