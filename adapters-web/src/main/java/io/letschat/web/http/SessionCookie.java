package io.letschat.web.http;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import io.letschat.application.account.OpenedSession;
import java.time.Duration;
import java.time.InstantSource;

/** Carries the session's token in browsers. */
public final class SessionCookie {
  /** The name, which the socket's side reads too. */
  public static final String NAME = "letschat_session";

  private SessionCookie() {}

  public static void set(Context ctx, OpenedSession opened, InstantSource clock) {
    var left = Duration.between(clock.instant(), opened.session().expiresAt());
    ctx.cookie(cookie(ctx, opened.token(), (int) Math.max(1, left.toSeconds())));
  }

  public static void clear(Context ctx) {
    ctx.cookie(cookie(ctx, "", 0));
  }

  private static Cookie cookie(Context ctx, String value, int seconds) {
    return new Cookie(NAME, value, "/", seconds, FrontDoor.isHttps(ctx), true, null, SameSite.LAX);
  }
}
