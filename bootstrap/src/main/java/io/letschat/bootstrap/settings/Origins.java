package io.letschat.bootstrap.settings;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** {@code CORS_ORIGIN}: a comma list of origins beside our own. */
final class Origins {
  private Origins() {}

  /**
   * @throws IllegalArgumentException with what is accepted
   */
  static Set<String> parse(String value) {
    Set<String> origins = new LinkedHashSet<>();
    for (String part : value.split(",")) {
      if (!part.isBlank()) {
        origins.add(origin(part.strip()));
      }
    }
    return origins;
  }

  /** As browsers write it in the header Origin: lower case, no path, no default port. */
  private static String origin(String written) {
    try {
      URI uri =
          URI.create(written.endsWith("/") ? written.substring(0, written.length() - 1) : written);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      boolean isOrigin =
          (scheme.equals("http") || scheme.equals("https"))
              && uri.getHost() != null
              && uri.getRawPath().isEmpty()
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && uri.getRawUserInfo() == null;
      if (isOrigin) {
        boolean usualPort =
            uri.getPort() == (scheme.equals("http") ? 80 : 443) || uri.getPort() < 0;
        return scheme
            + "://"
            + uri.getHost().toLowerCase(Locale.ROOT)
            + (usualPort ? "" : ":" + uri.getPort());
      }
    } catch (IllegalArgumentException notAUri) {
      // Told below, like everything else that is no origin.
    }
    throw new IllegalArgumentException(
        "is a comma list of origins such as https://chat.example.org or http://localhost:3000; a * is not accepted.");
  }
}
