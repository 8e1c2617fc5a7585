package io.letschat.web.account;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.RequestPasswordReset;
import io.letschat.application.account.ResetPassword;
import io.letschat.domain.Sentence;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.Password;
import io.letschat.web.http.ApiException;
import io.letschat.web.http.ApiJson;
import io.letschat.web.http.FieldValidator;
import io.letschat.web.http.FormOrJsonBody;
import io.letschat.web.http.Links;
import io.letschat.web.http.Routes;
import io.letschat.web.http.SafePath;
import io.letschat.web.page.Notice;
import io.letschat.web.page.PageRenderer;
import io.letschat.web.security.RequestOrigin;
import io.letschat.web.sentence.RequestLanguage;

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
    var formOrJsonBody = FormOrJsonBody.of(ctx);
    formOrJsonBody.attempt(
        () -> {
          var fields = new FieldValidator(formOrJsonBody);
          var email = fields.required("email", EmailAddress::of);
          fields.refuseIfWrong();
          var command =
              new RequestPasswordReset.Command(email.orElseThrow(), RequestOrigin.of(ctx));
          switch (requestPasswordReset.request(command)) {
            case RequestPasswordReset.Accepted() -> accepted(ctx, formOrJsonBody);
            case RequestPasswordReset.Unavailable() -> throw Codes.mailUnavailable();
            case RequestPasswordReset.TooOften(var retryAfter) ->
                throw ApiException.tooOften(retryAfter);
          }
        },
        refused -> pages.forgotAgain(ctx, formOrJsonBody, refused));
  }

  private static void accepted(Context ctx, FormOrJsonBody formOrJsonBody) {
    String next = "/verify-otp?email=" + SafePath.encoded(formOrJsonBody.typed("email").strip());
    if (formOrJsonBody.isForm()) {
      PageRenderer.seeOther(ctx, next);
    } else {
      ApiJson.answer(
          ctx,
          200,
          new Body(RequestLanguage.say(ctx, Sentence.of("code.maybe-sent")), Links.to(ctx, next)));
    }
  }

  private void verify(Context ctx) {
    var formOrJsonBody = FormOrJsonBody.of(ctx);
    formOrJsonBody.attempt(
        () -> {
          var fields = new FieldValidator(formOrJsonBody);
          var email = fields.required("email", EmailAddress::of);
          var typedCode = fields.required("otp", Codes::typed);
          var password = fields.required("newPassword", Password::of);
          fields.refuseIfWrong();
          var command =
              new ResetPassword.Command(
                  email.orElseThrow(),
                  Codes.read(typedCode.orElseThrow()),
                  password.orElseThrow(),
                  RequestOrigin.of(ctx));
          switch (resetPassword.reset(command)) {
            case ResetPassword.Changed() -> changed(ctx, formOrJsonBody);
            case ResetPassword.InvalidCode() -> throw Codes.invalid();
            case ResetPassword.TooOften(var retryAfter) -> throw ApiException.tooOften(retryAfter);
          }
        },
        refused -> pages.verifyAgain(ctx, formOrJsonBody, refused));
  }

  private static void changed(Context ctx, FormOrJsonBody formOrJsonBody) {
    if (formOrJsonBody.isForm()) {
      PageRenderer.seeOther(ctx, Notice.PASSWORD_CHANGED.on("/login"));
    } else {
      ApiJson.answer(
          ctx,
          200,
          new Body(
              RequestLanguage.say(ctx, Notice.PASSWORD_CHANGED.sentence()),
              Links.to(ctx, "/login")));
    }
  }
}
