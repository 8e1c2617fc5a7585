package io.letschat.web.account;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.RequestVerification;
import io.letschat.application.account.VerifyEmail;
import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.domain.Sentence;
import io.letschat.web.http.ApiException;
import io.letschat.web.http.ApiJson;
import io.letschat.web.http.FieldValidator;
import io.letschat.web.http.FormOrJsonBody;
import io.letschat.web.http.Links;
import io.letschat.web.http.Routes;
import io.letschat.web.page.Notice;
import io.letschat.web.page.PageRenderer;
import io.letschat.web.security.RequestAuthenticator;
import io.letschat.web.security.RequestOrigin;
import io.letschat.web.sentence.RequestLanguage;

/** Showing that the account's address is one's own: asking for the code, and bringing it. */
final class VerificationApi implements Routes {
  private static final String PAGE = "/verify-email";
  private static final String HOME = "/dashboard";

  private final RequestVerification requestVerification;
  private final VerifyEmail verifyEmail;
  private final RequestAuthenticator requestAuthenticator;
  private final VerificationPages pages;

  VerificationApi(
      RequestVerification requestVerification,
      VerifyEmail verifyEmail,
      RequestAuthenticator requestAuthenticator,
      VerificationPages pages) {
    this.requestVerification = requestVerification;
    this.verifyEmail = verifyEmail;
    this.requestAuthenticator = requestAuthenticator;
    this.pages = pages;
  }

  private record Body(String message, String redirect) {}

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/api/auth/requestOTP", this::request);
    routes.post("/api/auth/verifyEmail", this::verify);
  }

  private void request(Context ctx) {
    AuthenticatedUser who = requestAuthenticator.signedIn(ctx);
    boolean form = FormOrJsonBody.isForm(ctx);
    try {
      switch (requestVerification.request(who, RequestOrigin.of(ctx))) {
        case RequestVerification.Sent() -> done(ctx, form, 200, Notice.CODE_SENT, PAGE);
        case RequestVerification.Delayed() -> done(ctx, form, 202, Notice.CODE_DELAYED, PAGE);
        case RequestVerification.VerifiedBefore() ->
            done(ctx, form, 200, Notice.EMAIL_VERIFIED, HOME);
        case RequestVerification.Failed() ->
            throw ApiException.of(503, "mail_failed", Sentence.of("mail.failed"));
        case RequestVerification.Unavailable() -> throw Codes.mailUnavailable();
        case RequestVerification.TooOften(var retryAfter) ->
            throw ApiException.tooOften(retryAfter);
      }
    } catch (ApiException apiException) {
      if (!form) {
        throw apiException;
      }
      pages.again(ctx, who, apiException);
    }
  }

  private void verify(Context ctx) {
    AuthenticatedUser who = requestAuthenticator.signedIn(ctx);
    var submission = FormOrJsonBody.of(ctx);
    submission.attempt(
        () -> {
          var fields = new FieldValidator(submission);
          var typedCode = fields.required("otp", Codes::typed);
          fields.refuseIfWrong();
          var code = Codes.read(typedCode.orElseThrow());
          switch (verifyEmail.verify(who, code, RequestOrigin.of(ctx))) {
            case VerifyEmail.Verified() ->
                done(ctx, submission.isForm(), 200, Notice.EMAIL_VERIFIED, HOME);
            case VerifyEmail.InvalidCode() -> throw Codes.invalid();
            case VerifyEmail.TooOften(var retryAfter) -> throw ApiException.tooOften(retryAfter);
          }
        },
        apiException -> pages.again(ctx, who, apiException));
  }

  private static void done(Context ctx, boolean form, int status, Notice notice, String path) {
    if (form) {
      PageRenderer.seeOther(ctx, notice.on(path));
    } else {
      ApiJson.answer(
          ctx, status, new Body(RequestLanguage.say(ctx, notice.sentence()), Links.to(ctx, path)));
    }
  }
}
