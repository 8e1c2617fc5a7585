package io.letschat.protocol;

import java.util.function.Predicate;

/**
 * Which sites' pages may talk to us. Programs that are no browsers send neither {@code
 * Sec-Fetch-Site} nor {@code Origin} and are let in; browsers cannot leave them out.
 *
 * @param allowed the origins that may talk to us beside our own, such as {@code
 *     https://app.example.org}
 */
public record OriginPolicy(Predicate<String> allowed) {

  /** What a request's headers say. */
  public enum Verdict {
    /** Our own page, or no browser. */
    OWN,
    /** Another site, and it is on the list. */
    ALLOWED,
    FOREIGN
  }

  /**
   * @param host the name and port by which the client knows us; empty where it named none
   */
  public Verdict of(HeaderLookup headers, String host) {
    String origin = headers.get("origin");
    if (origin != null && allowed.test(origin)) {
      return Verdict.ALLOWED;
    }
    String site = headers.get("sec-fetch-site");
    if (site != null) {
      return site.equalsIgnoreCase("cross-site") ? Verdict.FOREIGN : Verdict.OWN;
    }
    return origin == null || WebOrigin.isOf(host, origin) ? Verdict.OWN : Verdict.FOREIGN;
  }
}
