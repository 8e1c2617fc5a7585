package io.letschat.web.account;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.CodeMail;
import io.letschat.application.account.Mailbox;
import io.letschat.web.http.Limits;
import io.letschat.web.http.Refused;
import io.letschat.web.http.Routes;
import io.letschat.web.http.Site;
import io.letschat.web.http.Submission;
import io.letschat.web.http.Visitors;
import io.letschat.web.page.Page;
import io.letschat.web.page.Refusal;
import java.util.Optional;
import java.util.function.Consumer;

/** The pages for those who have forgotten the password. */
final class RecoveryPages implements Routes {
  private static final int LONGEST_EMAIL = 254;

  private final Site site;
  private final Visitors visitors;
  private final Limits limits;
  private final CodeMail mail;
  private final boolean mailbox;

  RecoveryPages(
      Site site, Visitors visitors, Limits limits, CodeMail mail, Optional<Mailbox> mailbox) {
    this.site = site;
    this.visitors = visitors;
    this.limits = limits;
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
                  Refusal refusal =
                      mail.isAvailable() ? Refusal.none() : Site.refusal(Codes.mailUnavailable());
                  site.show(ctx, 200, new Page.ForgotPassword(site.frame(ctx), email, refusal));
                }));
    Routes.get(
        routes,
        "/verify-otp",
        ctx ->
            unlessSignedIn(
                ctx,
                email ->
                    site.show(
                        ctx,
                        200,
                        new Page.VerifyOtp(site.frame(ctx), email, mailbox, Refusal.none()))));
  }

  private void unlessSignedIn(Context ctx, Consumer<String> show) {
    limits.reading(ctx);
    if (visitors.find(ctx).isPresent()) {
      Site.seeOther(ctx, "/dashboard");
      return;
    }
    String email = ctx.queryParam("email");
    show.accept(email == null || email.length() > LONGEST_EMAIL ? "" : email);
  }

  void forgotAgain(Context ctx, Submission submission, Refused refused) {
    site.show(
        ctx,
        refused.status(),
        new Page.ForgotPassword(site.frame(ctx), submission.typed("email"), Site.refusal(refused)));
  }

  void verifyAgain(Context ctx, Submission submission, Refused refused) {
    site.show(
        ctx,
        refused.status(),
        new Page.VerifyOtp(
            site.frame(ctx), submission.typed("email"), mailbox, Site.refusal(refused)));
  }
}
