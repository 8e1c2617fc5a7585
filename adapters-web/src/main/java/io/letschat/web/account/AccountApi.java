package io.letschat.web.account;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.LogIn;
import io.letschat.application.account.Register;
import io.letschat.application.account.session.LogOut;
import io.letschat.application.account.session.OpenedSession;
import io.letschat.domain.InvalidValueException;
import io.letschat.domain.Sentence;
import io.letschat.domain.account.Account;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.Password;
import io.letschat.domain.account.Username;
import io.letschat.web.http.ApiException;
import io.letschat.web.http.ApiJson;
import io.letschat.web.http.FieldValidator;
import io.letschat.web.http.FormOrJsonBody;
import io.letschat.web.http.Links;
import io.letschat.web.http.Routes;
import io.letschat.web.http.SafePath;
import io.letschat.web.page.PageRenderer;
import io.letschat.web.security.RequestAuthenticator;
import io.letschat.web.security.RequestOrigin;
import io.letschat.web.security.SessionCookie;
import io.letschat.web.sentence.RequestLanguage;
import org.jspecify.annotations.Nullable;

/** The routes under {@code /api/auth}. */
final class AccountApi implements Routes {
  private static final String HOME = "/dashboard";

  private final Register register;
  private final LogIn logIn;
  private final LogOut logOut;
  private final RequestAuthenticator requestAuthenticator;
  private final AccountPages pages;
  private final SessionCookie cookie;

  AccountApi(
      Register register,
      LogIn logIn,
      LogOut logOut,
      RequestAuthenticator requestAuthenticator,
      AccountPages pages,
      SessionCookie cookie) {
    this.register = register;
    this.logIn = logIn;
    this.logOut = logOut;
    this.requestAuthenticator = requestAuthenticator;
    this.pages = pages;
    this.cookie = cookie;
  }

  private record UserBody(long id, String email, @Nullable String username) {
    static UserBody of(Account account) {
      return new UserBody(
          account.user().value(),
          account.email().text(),
          account.username().map(Username::text).orElse(null));
    }
  }

  private record SignedInBody(String message, String token, UserBody user, String redirect) {}

  private record MeBody(Me user) {}

  private record Me(long id, String email, @Nullable String username, boolean isVerified) {}

  private record LoggedOutBody(String message, String redirect) {}

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/api/auth/register", this::register);
    routes.post("/api/auth/login", this::logIn);
    routes.post("/api/auth/logout", this::logOut);
    Routes.get(routes, "/api/auth/me", this::me);
  }

  private void register(Context ctx) {
    var formOrJsonBody = FormOrJsonBody.of(ctx);
    formOrJsonBody.attempt(
        () -> {
          var fields = new FieldValidator(formOrJsonBody);
          var email = fields.required("email", EmailAddress::of);
          var password = fields.required("password", Password::of);
          var username = fields.optional("username", Username::of);
          fields.refuseIfWrong();
          var command =
              new Register.Command(
                  email.orElseThrow(), password.orElseThrow(), username, RequestOrigin.device(ctx));
          switch (register.register(command)) {
            case Register.Registered(var account, var session) ->
                welcome(ctx, formOrJsonBody, 201, Sentence.of("account.welcome"), account, session);
            case Register.EmailTaken() ->
                throw ApiException.of(
                    409, "email_taken", "email", Sentence.of("account.email-taken"));
            case Register.UsernameTaken() ->
                throw ApiException.of(
                    409, "username_taken", "username", Sentence.of("account.username-taken"));
            case Register.TooOften(var retryAfter) -> throw ApiException.tooOften(retryAfter);
          }
        },
        refused -> pages.registerAgain(ctx, formOrJsonBody, refused));
  }

  private void logIn(Context ctx) {
    var formOrJsonBody = FormOrJsonBody.of(ctx);
    formOrJsonBody.attempt(
        () -> {
          var fields = new FieldValidator(formOrJsonBody);
          var email = fields.required("email", EmailAddress::of);
          var password = fields.required("password", AccountApi::typedPassword);
          fields.refuseIfWrong();
          var command =
              new LogIn.Command(
                  email.orElseThrow(), password.orElseThrow(), RequestOrigin.device(ctx));
          switch (logIn.logIn(command)) {
            case LogIn.LoggedIn(var account, var session) ->
                welcome(
                    ctx,
                    formOrJsonBody,
                    200,
                    Sentence.of("account.welcome-back"),
                    account,
                    session);
            case LogIn.WrongCredentials() ->
                throw ApiException.of(
                    401, "wrong_credentials", Sentence.of("account.wrong-credentials"));
            case LogIn.TooOften(var retryAfter) -> throw ApiException.tooOften(retryAfter);
          }
        },
        refused -> pages.logInAgain(ctx, formOrJsonBody, refused));
  }

  /** The rules for new passwords do not hold for old ones. */
  private static String typedPassword(String typed) {
    if (typed.isEmpty()) {
      throw new InvalidValueException("password", Sentence.of("password.missing"));
    }
    return typed;
  }

  private void welcome(
      Context ctx,
      FormOrJsonBody formOrJsonBody,
      int status,
      Sentence message,
      Account account,
      OpenedSession session) {
    cookie.set(ctx, session);
    String next = SafePath.or(ctx, formOrJsonBody.typed("next"), HOME);
    if (formOrJsonBody.isForm()) {
      PageRenderer.seeOther(ctx, next);
    } else {
      ApiJson.answer(
          ctx,
          status,
          new SignedInBody(
              RequestLanguage.say(ctx, message),
              session.token(),
              UserBody.of(account),
              Links.to(ctx, next)));
    }
  }

  private void logOut(Context ctx) {
    requestAuthenticator.find(ctx).ifPresent(logOut::logOut);
    cookie.clear(ctx);
    if (FormOrJsonBody.isForm(ctx)) {
      PageRenderer.seeOther(ctx, "/");
    } else {
      ApiJson.answer(
          ctx,
          200,
          new LoggedOutBody(
              RequestLanguage.say(ctx, Sentence.of("account.logged-out")), Links.to(ctx, "/")));
    }
  }

  private void me(Context ctx) {
    Account account = requestAuthenticator.signedIn(ctx).account();
    var user = UserBody.of(account);
    ApiJson.answer(
        ctx, 200, new MeBody(new Me(user.id(), user.email(), user.username(), account.verified())));
  }
}
