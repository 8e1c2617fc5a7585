package io.letschat.web.account;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.RequestPasswordReset;
import io.letschat.application.account.ResetPassword;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.Password;
import io.letschat.web.http.ClientAddress;
import io.letschat.web.http.Fields;
import io.letschat.web.http.Json;
import io.letschat.web.http.Links;
import io.letschat.web.http.Refused;
import io.letschat.web.http.Routes;
import io.letschat.web.http.SafePath;
import io.letschat.web.http.Site;
import io.letschat.web.http.Submission;
import io.letschat.web.page.Notice;

/** A new password for those who have forgotten theirs: asking for the code, and bringing it. */
final class RecoveryApi implements Routes {
  private final RequestPasswordReset requestPasswordReset;
  private final ResetPassword resetPassword;
  private final RecoveryPages pages;

  RecoveryApi(
      RequestPasswordReset requestPasswordReset, ResetPassword resetPassword, RecoveryPages pages) {
    this.requestPasswordReset = requestPasswordReset;
    this.resetPassword = resetPassword;
    this.pages = pages;
  }

  private record Body(String message, String redirect) {}

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/api/auth/forgetPassword", this::forget);
    routes.post("/api/auth/verifyOTP", this::verify);
  }

  private void forget(Context ctx) {
    var submission = Submission.of(ctx);
    submission.attempt(
        () -> {
          var fields = new Fields(submission);
          var email = fields.required("email", EmailAddress::of);
          fields.refuseIfWrong();
          var command =
              new RequestPasswordReset.Command(email.orElseThrow(), ClientAddress.of(ctx));
          switch (requestPasswordReset.request(command)) {
            case RequestPasswordReset.Accepted() -> accepted(ctx, submission);
            case RequestPasswordReset.Unavailable() -> throw Codes.mailUnavailable();
            case RequestPasswordReset.TooOften(var retryAfter) ->
                throw Refused.tooOften(retryAfter);
          }
        },
        refused -> pages.forgotAgain(ctx, submission, refused));
  }

  private static void accepted(Context ctx, Submission submission) {
    String next = "/verify-otp?email=" + SafePath.encoded(submission.typed("email").strip());
    if (submission.isForm()) {
      Site.seeOther(ctx, next);
    } else {
      Json.answer(
          ctx,
          200,
          new Body(
              "If this address has an account, a code is on its way to it.", Links.to(ctx, next)));
    }
  }

  private void verify(Context ctx) {
    var submission = Submission.of(ctx);
    submission.attempt(
        () -> {
          var fields = new Fields(submission);
          var email = fields.required("email", EmailAddress::of);
          var typedCode = fields.required("otp", Codes::typed);
          var password = fields.required("newPassword", Password::of);
          fields.refuseIfWrong();
          var command =
              new ResetPassword.Command(
                  email.orElseThrow(),
                  Codes.read(typedCode.orElseThrow()),
                  password.orElseThrow(),
                  ClientAddress.of(ctx));
          switch (resetPassword.reset(command)) {
            case ResetPassword.Changed() -> changed(ctx, submission);
            case ResetPassword.InvalidCode() -> throw Codes.invalid();
            case ResetPassword.TooOften(var retryAfter) -> throw Refused.tooOften(retryAfter);
          }
        },
        refused -> pages.verifyAgain(ctx, submission, refused));
  }

  private static void changed(Context ctx, Submission submission) {
    if (submission.isForm()) {
      Site.seeOther(ctx, Notice.PASSWORD_CHANGED.on("/login"));
    } else {
      Json.answer(ctx, 200, new Body(Notice.PASSWORD_CHANGED.sentence(), Links.to(ctx, "/login")));
    }
  }
}
