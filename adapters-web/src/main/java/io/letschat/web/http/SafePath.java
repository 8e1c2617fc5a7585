package io.letschat.web.http;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where somebody goes next: a path of ours, and never another site. */
public final class SafePath {
  private static final int LONGEST = 2000;

  private SafePath() {}

  /**
   * The path that an address names, or the other one if it names none of ours. Browsers take {@code
   * //x} and {@code /\x} for hosts and drop control characters before they look.
   */
  public static String or(Context ctx, String address, String otherwise) {
    String path = Links.within(ctx, address);
    boolean ours =
        path.startsWith("/")
            && !path.startsWith("//")
            && path.length() <= LONGEST
            && path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
    return ours ? path : otherwise;
  }

  /** The login page that leads back to this path. */
  public static String loginThen(Context ctx, String path) {
    return "/login?next=" + encoded(Links.to(ctx, path));
  }

  /** As part of a query. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
