package io.letschat.web.http;

import io.javalin.http.Context;
import io.letschat.application.limit.RateLimiter;
import io.letschat.domain.limit.Limit;

/** The limits on requests as such, by account where somebody is signed in, else by address. */
public final class Limits {
  private final RateLimiter limiter;
  private final Visitors visitors;

  public Limits(RateLimiter limiter, Visitors visitors) {
    this.limiter = limiter;
    this.visitors = visitors;
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
        visitors
            .find(ctx)
            .map(who -> "account:" + who.account().id().value())
            .orElseGet(() -> "address:" + ClientAddress.of(ctx));
    if (limiter.take(limit, key) instanceof RateLimiter.Exceeded(var retryAfter)) {
      throw Refused.tooOften(retryAfter);
    }
  }
}
