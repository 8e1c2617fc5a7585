package io.letschat.web.account;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.web.http.Limits;
import io.letschat.web.http.Refused;
import io.letschat.web.http.Routes;
import io.letschat.web.http.SafePath;
import io.letschat.web.http.Site;
import io.letschat.web.http.Submission;
import io.letschat.web.http.Visitors;
import io.letschat.web.page.Page;
import io.letschat.web.page.Refusal;
import java.util.function.Consumer;

/** The pages to sign up and in. */
final class AccountPages implements Routes {
  private final Site site;
  private final Visitors visitors;
  private final Limits limits;

  AccountPages(Site site, Visitors visitors, Limits limits) {
    this.site = site;
    this.visitors = visitors;
    this.limits = limits;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.get(
        routes,
        "/register",
        ctx ->
            unlessSignedIn(
                ctx,
                next ->
                    site.show(
                        ctx,
                        200,
                        new Page.Register(site.frame(ctx), "", "", next, Refusal.none()))));
    Routes.get(
        routes,
        "/login",
        ctx ->
            unlessSignedIn(
                ctx,
                next ->
                    site.show(
                        ctx, 200, new Page.LogIn(site.frame(ctx), "", next, Refusal.none()))));
  }

  private void unlessSignedIn(Context ctx, Consumer<String> show) {
    limits.reading(ctx);
    String asked = ctx.queryParam("next");
    String next = SafePath.or(ctx, asked == null ? "" : asked, "");
    if (visitors.find(ctx).isPresent()) {
      Site.seeOther(ctx, next.isEmpty() ? "/dashboard" : next);
    } else {
      show.accept(next);
    }
  }

  void registerAgain(Context ctx, Submission submission, Refused refused) {
    site.show(
        ctx,
        refused.status(),
        new Page.Register(
            site.frame(ctx),
            submission.typed("email"),
            submission.typed("username"),
            SafePath.or(ctx, submission.typed("next"), ""),
            Site.refusal(refused)));
  }

  void logInAgain(Context ctx, Submission submission, Refused refused) {
    site.show(
        ctx,
        refused.status(),
        new Page.LogIn(
            site.frame(ctx),
            submission.typed("email"),
            SafePath.or(ctx, submission.typed("next"), ""),
            Site.refusal(refused)));
  }
}
