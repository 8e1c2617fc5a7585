package io.letschat.web.security;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import io.letschat.application.account.session.Authenticate.TokenMatch;
import io.letschat.application.account.session.OpenedSession;
import io.letschat.application.account.session.SessionCookies;
import io.letschat.protocol.GatewayHeaders;
import io.letschat.web.http.Links;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;

/** Carries the session's token in browsers. */
public final class SessionCookie {
  /** The token that the request was let in by. */
  private static final String TOKEN = SessionCookie.class.getName();

  /** Before there were base paths. */
  private static final String EARLIER_PATH = "/";

  private final SessionCookies cookies;
  private final InstantSource clock;

  public SessionCookie(SessionCookies cookies, InstantSource clock) {
    this.cookies = cookies;
    this.clock = clock;
  }

  public void set(Context ctx, OpenedSession opened) {
    var left = Duration.between(clock.instant(), opened.session().expiresAt());
    int seconds = (int) Math.max(1, left.toSeconds());
    ctx.cookie(cookie(ctx, cookies.name(), Links.cookiePath(ctx), opened.token(), seconds));
  }

  /** Also under the earlier name, unless that cookie is of another installation on this host. */
  public void clear(Context ctx) {
    forgetSet(ctx);
    ctx.cookie(cookie(ctx, cookies.name(), Links.cookiePath(ctx), "", 0));
    String token = ctx.attribute(TOKEN);
    if (token != null && cookies.isEarlier(headers(ctx), token)) {
      ctx.cookie(cookie(ctx, SessionCookies.EARLIER_NAME, EARLIER_PATH, "", 0));
    }
  }

  /** What came under our names, in the order in which it is to be tried. */
  List<String> tokens(Context ctx) {
    return cookies.tokens(headers(ctx));
  }

  /**
   * This token was good. What came under the earlier name alone is given our own; the earlier one
   * stays, for nodes that are not yet of this version.
   */
  void accepted(Context ctx, TokenMatch by) {
    ctx.attribute(TOKEN, by.token());
    if (!cookies.isCurrent(headers(ctx), by.token())) {
      set(ctx, new OpenedSession(by.who().session(), by.token()));
    }
  }

  /** The request may have been the first one under our own name. */
  private void forgetSet(Context ctx) {
    List<String> others =
        ctx.res().getHeaders("Set-Cookie").stream()
            .filter(set -> !set.startsWith(cookies.name() + "="))
            .toList();
    ctx.res().setHeader("Set-Cookie", null);
    others.forEach(set -> ctx.res().addHeader("Set-Cookie", set));
  }

  private static List<String> headers(Context ctx) {
    return Collections.list(ctx.req().getHeaders("Cookie"));
  }

  private static Cookie cookie(Context ctx, String name, String path, String value, int seconds) {
    boolean secure = GatewayHeaders.isHttps(ctx::header);
    return new Cookie(name, value, path, seconds, secure, true, null, SameSite.LAX);
  }
}
