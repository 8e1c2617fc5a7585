package io.letschat.web.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the pages of other sites from changing anything in the name of our visitors. Browsers say
 * where a request comes from ({@code Sec-Fetch-Site}, {@code Origin}); what says neither is no
 * browser. Sites that the owner named are let in, and may read the answers (Fetch standard, CORS).
 */
public final class CrossOriginGuard implements Handler {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final Set<String> friends;

  /**
   * @param friends origins such as {@code https://chat.example.org}
   */
  public CrossOriginGuard(Set<String> friends) {
    this.friends = friends;
  }

  @Override
  public void handle(Context ctx) {
    String origin = ctx.header("Origin");
    if (origin != null && friends.contains(origin)) {
      welcome(ctx, origin);
    } else if (!READING.contains(ctx.method().name()) && isForeign(ctx, origin)) {
      throw ApiException.of(
          403, "foreign_origin", "Requests from pages of other sites are not accepted.");
    }
  }

  private static boolean isForeign(Context ctx, @Nullable String origin) {
    String site = ctx.header("Sec-Fetch-Site");
    if (site != null) {
      return site.equalsIgnoreCase("cross-site");
    }
    return origin != null && !isOwn(origin, ProxySecretFilter.host(ctx));
  }

  /** The scheme is not compared: what ends TLS for us may not tell. */
  private static boolean isOwn(String origin, String host) {
    String lower = origin.toLowerCase(Locale.ROOT);
    int authority = lower.indexOf("://") + 3;
    if (authority < 3 || host.isEmpty()) {
      return false;
    }
    String port = lower.startsWith("https:") ? ":443" : ":80";
    return withoutPort(lower.substring(authority), port)
        .equals(withoutPort(host.toLowerCase(Locale.ROOT), port));
  }

  private static String withoutPort(String authority, String port) {
    return authority.endsWith(port)
        ? authority.substring(0, authority.length() - port.length())
        : authority;
  }

  private static void welcome(Context ctx, String origin) {
    ctx.header("Access-Control-Allow-Origin", origin);
    ctx.header("Access-Control-Allow-Credentials", "true");
    ctx.header("Vary", "Origin");
    if (ctx.method().name().equals("OPTIONS")) {
      ctx.header("Access-Control-Allow-Methods", "GET, HEAD, POST, DELETE");
      ctx.header("Access-Control-Allow-Headers", "Authorization, Content-Type");
      ctx.header("Access-Control-Max-Age", "600");
      ctx.status(204).skipRemainingHandlers();
    }
  }
}
