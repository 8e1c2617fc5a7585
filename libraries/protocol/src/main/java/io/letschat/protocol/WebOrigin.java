package io.letschat.protocol;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Origins as browsers write them in the header {@code Origin} (RFC 6454, section 6). */
public final class WebOrigin {
  private static final String HTTP = "http";
  private static final String HTTPS = "https";
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private WebOrigin() {}

  /** Lower case, no path, no default port; empty for what is no origin of the web. */
  public static Optional<String> parse(String written) {
    try {
      URI uri =
          URI.create(written.endsWith("/") ? written.substring(0, written.length() - 1) : written);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      boolean isOrigin =
          (scheme.equals(HTTP) || scheme.equals(HTTPS))
              && uri.getHost() != null
              && uri.getRawPath().isEmpty()
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && uri.getRawUserInfo() == null;
      if (!isOrigin) {
        return Optional.empty();
      }
      boolean usualPort =
          uri.getPort() == (scheme.equals(HTTP) ? HTTP_PORT : HTTPS_PORT) || uri.getPort() < 0;
      return Optional.of(
          scheme
              + "://"
              + uri.getHost().toLowerCase(Locale.ROOT)
              + (usualPort ? "" : ":" + uri.getPort()));
    } catch (IllegalArgumentException notAUri) {
      return Optional.empty();
    }
  }

  /**
   * Whether an origin is that of a host. The scheme is not compared: what ends TLS in front of us
   * may not tell.
   *
   * @param host with its port if it named one; empty where it is not known
   */
  static boolean isOf(String host, String origin) {
    String lower = origin.toLowerCase(Locale.ROOT);
    int scheme = lower.indexOf("://");
    if (scheme < 0 || host.isEmpty()) {
      return false;
    }
    String port = ":" + (lower.startsWith(HTTPS + ":") ? HTTPS_PORT : HTTP_PORT);
    return withoutPort(lower.substring(scheme + 3), port)
        .equals(withoutPort(host.toLowerCase(Locale.ROOT), port));
  }

  private static String withoutPort(String authority, String port) {
    return authority.endsWith(port)
        ? authority.substring(0, authority.length() - port.length())
        : authority;
  }
}
