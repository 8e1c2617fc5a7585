package io.letschat.web.account;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.code.DevMailbox;
import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.web.http.ApiException;
import io.letschat.web.http.Routes;
import io.letschat.web.page.FormErrors;
import io.letschat.web.page.Page;
import io.letschat.web.page.PageRenderer;
import io.letschat.web.security.RequestAuthenticator;
import io.letschat.web.security.RequestRateLimits;
import java.util.Optional;

/** The page on which somebody verifies the address. */
final class VerificationPages implements Routes {
  private final PageRenderer pageRenderer;
  private final RequestAuthenticator requestAuthenticator;
  private final RequestRateLimits requestRateLimits;
  private final boolean mailbox;

  VerificationPages(
      PageRenderer pageRenderer,
      RequestAuthenticator requestAuthenticator,
      RequestRateLimits requestRateLimits,
      Optional<DevMailbox> mailbox) {
    this.pageRenderer = pageRenderer;
    this.requestAuthenticator = requestAuthenticator;
    this.requestRateLimits = requestRateLimits;
    this.mailbox = mailbox.isPresent();
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.get(routes, "/verify-email", this::page);
  }

  private void page(Context ctx) {
    AuthenticatedUser who = requestAuthenticator.signedIn(ctx);
    requestRateLimits.reading(ctx);
    if (who.account().verified()) {
      PageRenderer.seeOther(ctx, "/dashboard");
    } else {
      show(ctx, who, 200, FormErrors.none());
    }
  }

  void again(Context ctx, AuthenticatedUser who, ApiException apiException) {
    show(ctx, who, apiException.status(), PageRenderer.refusal(ctx, apiException));
  }

  private void show(Context ctx, AuthenticatedUser who, int status, FormErrors formErrors) {
    pageRenderer.show(
        ctx,
        status,
        new Page.VerifyEmail(
            pageRenderer.frame(ctx), who.account().email().text(), mailbox, formErrors));
  }
}
