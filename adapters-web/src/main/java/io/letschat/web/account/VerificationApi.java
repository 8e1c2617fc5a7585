package io.letschat.web.account;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.RequestVerification;
import io.letschat.application.account.SignedIn;
import io.letschat.application.account.VerifyEmail;
import io.letschat.web.http.ClientAddress;
import io.letschat.web.http.Fields;
import io.letschat.web.http.Json;
import io.letschat.web.http.Links;
import io.letschat.web.http.Refused;
import io.letschat.web.http.Routes;
import io.letschat.web.http.Site;
import io.letschat.web.http.Submission;
import io.letschat.web.http.Visitors;
import io.letschat.web.page.Notice;

/** Showing that the account's address is one's own: asking for the code, and bringing it. */
final class VerificationApi implements Routes {
  private static final String PAGE = "/verify-email";
  private static final String HOME = "/dashboard";

  private final RequestVerification requestVerification;
  private final VerifyEmail verifyEmail;
  private final Visitors visitors;
  private final VerificationPages pages;

  VerificationApi(
      RequestVerification requestVerification,
      VerifyEmail verifyEmail,
      Visitors visitors,
      VerificationPages pages) {
    this.requestVerification = requestVerification;
    this.verifyEmail = verifyEmail;
    this.visitors = visitors;
    this.pages = pages;
  }

  private record Body(String message, String redirect) {}

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/api/auth/requestOTP", this::request);
    routes.post("/api/auth/verifyEmail", this::verify);
  }

  private void request(Context ctx) {
    SignedIn who = visitors.signedIn(ctx);
    boolean form = Submission.isForm(ctx);
    try {
      switch (requestVerification.request(who, ClientAddress.of(ctx))) {
        case RequestVerification.Sent() -> done(ctx, form, 200, Notice.CODE_SENT, PAGE);
        case RequestVerification.Delayed() -> done(ctx, form, 202, Notice.CODE_DELAYED, PAGE);
        case RequestVerification.VerifiedBefore() ->
            done(ctx, form, 200, Notice.EMAIL_VERIFIED, HOME);
        case RequestVerification.Failed() ->
            throw Refused.of(
                503, "mail_failed", "The mail could not be sent. Please try again later.");
        case RequestVerification.Unavailable() -> throw Codes.mailUnavailable();
        case RequestVerification.TooOften(var retryAfter) -> throw Refused.tooOften(retryAfter);
      }
    } catch (Refused refused) {
      if (!form) {
        throw refused;
      }
      pages.again(ctx, who, refused);
    }
  }

  private void verify(Context ctx) {
    SignedIn who = visitors.signedIn(ctx);
    var submission = Submission.of(ctx);
    submission.attempt(
        () -> {
          var fields = new Fields(submission);
          var typedCode = fields.required("otp", Codes::typed);
          fields.refuseIfWrong();
          var code = Codes.read(typedCode.orElseThrow());
          switch (verifyEmail.verify(who, code, ClientAddress.of(ctx))) {
            case VerifyEmail.Verified() ->
                done(ctx, submission.isForm(), 200, Notice.EMAIL_VERIFIED, HOME);
            case VerifyEmail.InvalidCode() -> throw Codes.invalid();
            case VerifyEmail.TooOften(var retryAfter) -> throw Refused.tooOften(retryAfter);
          }
        },
        refused -> pages.again(ctx, who, refused));
  }

  private static void done(Context ctx, boolean form, int status, Notice notice, String path) {
    if (form) {
      Site.seeOther(ctx, notice.on(path));
    } else {
      Json.answer(ctx, status, new Body(notice.sentence(), Links.to(ctx, path)));
    }
  }
}
