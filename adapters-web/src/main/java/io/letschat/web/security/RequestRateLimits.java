package io.letschat.web.security;

import io.javalin.http.Context;
import io.letschat.application.limit.RateLimiter;
import io.letschat.domain.limit.Limit;
import io.letschat.web.http.ApiException;

/** The limits on requests as such, by account where somebody is signed in, else by address. */
public final class RequestRateLimits {
  private final RateLimiter limiter;
  private final RequestAuthenticator requestAuthenticator;

  public RequestRateLimits(RateLimiter limiter, RequestAuthenticator requestAuthenticator) {
    this.limiter = limiter;
    this.requestAuthenticator = requestAuthenticator;
  }

  /** For pages and history. */
  public void reading(Context ctx) {
    take(Limit.READ, ctx);
  }

  /** For requests that change something, outside {@code /api/auth}. */
  public void changing(Context ctx) {
    take(Limit.GENERAL, ctx);
  }

  private void take(Limit limit, Context ctx) {
    String key =
        requestAuthenticator
            .find(ctx)
            .map(who -> "account:" + who.account().id().value())
            .orElseGet(() -> "address:" + RequestOrigin.of(ctx));
    if (limiter.take(limit, key) instanceof RateLimiter.Exceeded(var retryAfter)) {
      throw ApiException.tooOften(retryAfter);
    }
  }
}
