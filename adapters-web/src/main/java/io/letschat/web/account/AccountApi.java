package io.letschat.web.account;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.LogIn;
import io.letschat.application.account.LogOut;
import io.letschat.application.account.OpenedSession;
import io.letschat.application.account.Register;
import io.letschat.domain.InvalidValueException;
import io.letschat.domain.account.Account;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.Password;
import io.letschat.domain.account.Username;
import io.letschat.web.http.ClientAddress;
import io.letschat.web.http.Fields;
import io.letschat.web.http.Json;
import io.letschat.web.http.Links;
import io.letschat.web.http.Refused;
import io.letschat.web.http.Routes;
import io.letschat.web.http.SafePath;
import io.letschat.web.http.SessionCookie;
import io.letschat.web.http.Site;
import io.letschat.web.http.Submission;
import io.letschat.web.http.Visitors;
import org.jspecify.annotations.Nullable;

/** The routes under {@code /api/auth}. */
final class AccountApi implements Routes {
  private static final String HOME = "/dashboard";

  private final Register register;
  private final LogIn logIn;
  private final LogOut logOut;
  private final Visitors visitors;
  private final AccountPages pages;
  private final SessionCookie cookie;

  AccountApi(
      Register register,
      LogIn logIn,
      LogOut logOut,
      Visitors visitors,
      AccountPages pages,
      SessionCookie cookie) {
    this.register = register;
    this.logIn = logIn;
    this.logOut = logOut;
    this.visitors = visitors;
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
    var submission = Submission.of(ctx);
    submission.attempt(
        () -> {
          var fields = new Fields(submission);
          var email = fields.required("email", EmailAddress::of);
          var password = fields.required("password", Password::of);
          var username = fields.optional("username", Username::of);
          fields.refuseIfWrong();
          var command =
              new Register.Command(
                  email.orElseThrow(), password.orElseThrow(), username, ClientAddress.device(ctx));
          switch (register.register(command)) {
            case Register.Registered(var account, var session) ->
                welcome(ctx, submission, 201, "Welcome to LetsChat.", account, session);
            case Register.EmailTaken() ->
                throw Refused.of(
                    409, "email_taken", "email", "This e-mail address has an account already.");
            case Register.UsernameTaken() ->
                throw Refused.of(
                    409,
                    "username_taken",
                    "username",
                    "This name is taken, or looks like one that is.");
            case Register.TooOften(var retryAfter) -> throw Refused.tooOften(retryAfter);
          }
        },
        refused -> pages.registerAgain(ctx, submission, refused));
  }

  private void logIn(Context ctx) {
    var submission = Submission.of(ctx);
    submission.attempt(
        () -> {
          var fields = new Fields(submission);
          var email = fields.required("email", EmailAddress::of);
          var password = fields.required("password", AccountApi::typedPassword);
          fields.refuseIfWrong();
          var command =
              new LogIn.Command(
                  email.orElseThrow(), password.orElseThrow(), ClientAddress.device(ctx));
          switch (logIn.logIn(command)) {
            case LogIn.LoggedIn(var account, var session) ->
                welcome(ctx, submission, 200, "Welcome back.", account, session);
            case LogIn.WrongCredentials() ->
                throw Refused.of(
                    401, "wrong_credentials", "The e-mail address or the password is wrong.");
            case LogIn.TooOften(var retryAfter) -> throw Refused.tooOften(retryAfter);
          }
        },
        refused -> pages.logInAgain(ctx, submission, refused));
  }

  /** The rules for new passwords do not hold for old ones. */
  private static String typedPassword(String typed) {
    if (typed.isEmpty()) {
      throw new InvalidValueException("password", "Please enter your password.");
    }
    return typed;
  }

  private void welcome(
      Context ctx,
      Submission submission,
      int status,
      String message,
      Account account,
      OpenedSession session) {
    cookie.set(ctx, session);
    String next = SafePath.or(ctx, submission.typed("next"), HOME);
    if (submission.isForm()) {
      Site.seeOther(ctx, next);
    } else {
      Json.answer(
          ctx,
          status,
          new SignedInBody(message, session.token(), UserBody.of(account), Links.to(ctx, next)));
    }
  }

  private void logOut(Context ctx) {
    visitors.find(ctx).ifPresent(logOut::logOut);
    cookie.clear(ctx);
    if (Submission.isForm(ctx)) {
      Site.seeOther(ctx, "/");
    } else {
      Json.answer(ctx, 200, new LoggedOutBody("You are logged out.", Links.to(ctx, "/")));
    }
  }

  private void me(Context ctx) {
    Account account = visitors.signedIn(ctx).account();
    var user = UserBody.of(account);
    Json.answer(
        ctx, 200, new MeBody(new Me(user.id(), user.email(), user.username(), account.verified())));
  }
}
