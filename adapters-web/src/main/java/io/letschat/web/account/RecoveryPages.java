package io.letschat.web.account;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.code.CodeMail;
import io.letschat.application.account.code.DevMailbox;
import io.letschat.web.http.ApiException;
import io.letschat.web.http.FormOrJsonBody;
import io.letschat.web.http.Routes;
import io.letschat.web.page.FormErrors;
import io.letschat.web.page.Page;
import io.letschat.web.page.PageRenderer;
import io.letschat.web.security.RequestAuthenticator;
import io.letschat.web.security.RequestRateLimits;
import java.util.Optional;
import java.util.function.Consumer;

/** The pages for those who have forgotten the password. */
final class RecoveryPages implements Routes {
  private static final int LONGEST_EMAIL = 254;

  private final PageRenderer pageRenderer;
  private final RequestAuthenticator requestAuthenticator;
  private final RequestRateLimits requestRateLimits;
  private final CodeMail mail;
  private final boolean mailbox;

  RecoveryPages(
      PageRenderer pageRenderer,
      RequestAuthenticator requestAuthenticator,
      RequestRateLimits requestRateLimits,
      CodeMail mail,
      Optional<DevMailbox> mailbox) {
    this.pageRenderer = pageRenderer;
    this.requestAuthenticator = requestAuthenticator;
    this.requestRateLimits = requestRateLimits;
    this.mail = mail;
    this.mailbox = mailbox.isPresent();
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.get(
        routes,
        "/forgot-password",
        ctx ->
            unlessSignedIn(
                ctx,
                email -> {
                  FormErrors formErrors =
                      mail.isAvailable()
                          ? FormErrors.none()
                          : PageRenderer.refusal(ctx, Codes.mailUnavailable());
                  pageRenderer.show(
                      ctx,
                      200,
                      new Page.ForgotPassword(pageRenderer.frame(ctx), email, formErrors));
                }));
    Routes.get(
        routes,
        "/verify-otp",
        ctx ->
            unlessSignedIn(
                ctx,
                email ->
                    pageRenderer.show(
                        ctx,
                        200,
                        new Page.VerifyOtp(
                            pageRenderer.frame(ctx), email, mailbox, FormErrors.none()))));
  }

  private void unlessSignedIn(Context ctx, Consumer<String> show) {
    requestRateLimits.reading(ctx);
    if (requestAuthenticator.find(ctx).isPresent()) {
      PageRenderer.seeOther(ctx, "/dashboard");
      return;
    }
    String email = ctx.queryParam("email");
    show.accept(email == null || email.length() > LONGEST_EMAIL ? "" : email);
  }

  void forgotAgain(Context ctx, FormOrJsonBody formOrJsonBody, ApiException apiException) {
    pageRenderer.show(
        ctx,
        apiException.status(),
        new Page.ForgotPassword(
            pageRenderer.frame(ctx),
            formOrJsonBody.typed("email"),
            PageRenderer.refusal(ctx, apiException)));
  }

  void verifyAgain(Context ctx, FormOrJsonBody formOrJsonBody, ApiException apiException) {
    pageRenderer.show(
        ctx,
        apiException.status(),
        new Page.VerifyOtp(
            pageRenderer.frame(ctx),
            formOrJsonBody.typed("email"),
            mailbox,
            PageRenderer.refusal(ctx, apiException)));
  }
}
