package io.letschat.engineio;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which sites' pages may talk to us. Programs that are no browsers send neither header and are let
 * in; browsers cannot leave them out.
 */
record OriginPolicy(Predicate<String> allowed) {
  private static final String SEC_FETCH_SITE = "sec-fetch-site";

  /** What a request's headers say. */
  enum Verdict {
    /** Our own page, or no browser. */
    OWN,
    /** Another site, and it is on the list. */
    ALLOWED,
    FOREIGN
  }

  Verdict of(HttpHeaders headers) {
    String origin = headers.get(HttpHeaderNames.ORIGIN);
    if (origin != null && allowed.test(origin)) {
      return Verdict.ALLOWED;
    }
    String site = headers.get(SEC_FETCH_SITE);
    if (site != null) {
      return site.equalsIgnoreCase("cross-site") ? Verdict.FOREIGN : Verdict.OWN;
    }
    return origin == null || isOwn(origin, headers.get(HttpHeaderNames.HOST))
        ? Verdict.OWN
        : Verdict.FOREIGN;
  }

  /** The scheme is not compared: a proxy in front may have taken TLS off. */
  private static boolean isOwn(String origin, @Nullable String host) {
    int scheme = origin.indexOf("://");
    if (scheme < 0 || host == null) {
      return false;
    }
    String port = origin.startsWith("https:") ? ":443" : ":80";
    return withoutPort(origin.substring(scheme + 3), port).equals(withoutPort(host, port));
  }

  private static String withoutPort(String authority, String defaultPort) {
    String lower = authority.toLowerCase(Locale.ROOT);
    return lower.endsWith(defaultPort)
        ? lower.substring(0, lower.length() - defaultPort.length())
        : lower;
  }
}
