package io.letschat.web.account;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.web.http.ApiException;
import io.letschat.web.http.FormOrJsonBody;
import io.letschat.web.http.Routes;
import io.letschat.web.http.SafePath;
import io.letschat.web.page.FormErrors;
import io.letschat.web.page.Page;
import io.letschat.web.page.PageRenderer;
import io.letschat.web.security.RequestAuthenticator;
import io.letschat.web.security.RequestRateLimits;
import java.util.function.Consumer;

/** The pages to sign up and in. */
final class AccountPages implements Routes {
  private final PageRenderer pageRenderer;
  private final RequestAuthenticator requestAuthenticator;
  private final RequestRateLimits requestRateLimits;

  AccountPages(
      PageRenderer pageRenderer,
      RequestAuthenticator requestAuthenticator,
      RequestRateLimits requestRateLimits) {
    this.pageRenderer = pageRenderer;
    this.requestAuthenticator = requestAuthenticator;
    this.requestRateLimits = requestRateLimits;
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
                    pageRenderer.show(
                        ctx,
                        200,
                        new Page.Register(
                            pageRenderer.frame(ctx), "", "", next, FormErrors.none()))));
    Routes.get(
        routes,
        "/login",
        ctx ->
            unlessSignedIn(
                ctx,
                next ->
                    pageRenderer.show(
                        ctx,
                        200,
                        new Page.LogIn(pageRenderer.frame(ctx), "", next, FormErrors.none()))));
  }

  private void unlessSignedIn(Context ctx, Consumer<String> show) {
    requestRateLimits.reading(ctx);
    String asked = ctx.queryParam("next");
    String next = SafePath.or(ctx, asked == null ? "" : asked, "");
    if (requestAuthenticator.find(ctx).isPresent()) {
      PageRenderer.seeOther(ctx, next.isEmpty() ? "/dashboard" : next);
    } else {
      show.accept(next);
    }
  }

  void registerAgain(Context ctx, FormOrJsonBody formOrJsonBody, ApiException apiException) {
    pageRenderer.show(
        ctx,
        apiException.status(),
        new Page.Register(
            pageRenderer.frame(ctx),
            formOrJsonBody.typed("email"),
            formOrJsonBody.typed("username"),
            SafePath.or(ctx, formOrJsonBody.typed("next"), ""),
            PageRenderer.refusal(ctx, apiException)));
  }

  void logInAgain(Context ctx, FormOrJsonBody formOrJsonBody, ApiException apiException) {
    pageRenderer.show(
        ctx,
        apiException.status(),
        new Page.LogIn(
            pageRenderer.frame(ctx),
            formOrJsonBody.typed("email"),
            SafePath.or(ctx, formOrJsonBody.typed("next"), ""),
            PageRenderer.refusal(ctx, apiException)));
  }
}
