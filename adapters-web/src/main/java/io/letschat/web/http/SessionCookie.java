package io.letschat.web.http;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import io.letschat.application.account.Authenticate.TokenMatch;
import io.letschat.application.account.OpenedSession;
import io.letschat.application.account.SessionCookies;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;

/** Carries the session's token in browsers. */
public final class SessionCookie {
  /** The token that the request was let in by. */
  private static final String TOKEN = SessionCookie.class.getName();

  private final SessionCookies cookies;
  private final InstantSource clock;

  public SessionCookie(SessionCookies cookies, InstantSource clock) {
    this.cookies = cookies;
    this.clock = clock;
  }

  public void set(Context ctx, OpenedSession opened) {
    var left = Duration.between(clock.instant(), opened.session().expiresAt());
    ctx.cookie(cookie(ctx, cookies.name(), opened.token(), (int) Math.max(1, left.toSeconds())));
  }

  /** Also under the earlier name, unless that cookie is of another installation on this host. */
  public void clear(Context ctx) {
    forgetSet(ctx);
    ctx.cookie(cookie(ctx, cookies.name(), "", 0));
    String token = ctx.attribute(TOKEN);
    if (token != null && cookies.isEarlier(headers(ctx), token)) {
      ctx.cookie(cookie(ctx, SessionCookies.EARLIER_NAME, "", 0));
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

  private static Cookie cookie(Context ctx, String name, String value, int seconds) {
    return new Cookie(name, value, "/", seconds, FrontDoor.isHttps(ctx), true, null, SameSite.LAX);
  }
}
