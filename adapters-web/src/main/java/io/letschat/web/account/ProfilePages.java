package io.letschat.web.account;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.ChangeUsername;
import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.media.Avatars;
import io.letschat.domain.Sentence;
import io.letschat.domain.account.Username;
import io.letschat.web.http.ApiException;
import io.letschat.web.http.ApiJson;
import io.letschat.web.http.FieldValidator;
import io.letschat.web.http.FormOrJsonBody;
import io.letschat.web.http.Routes;
import io.letschat.web.page.FormErrors;
import io.letschat.web.page.Notice;
import io.letschat.web.page.Page;
import io.letschat.web.page.PageRenderer;
import io.letschat.web.security.RequestAuthenticator;
import io.letschat.web.security.RequestRateLimits;
import io.letschat.web.sentence.RequestLanguage;
import java.util.List;
import java.util.Optional;

/** The page on which people change how others see them. */
public final class ProfilePages implements Routes {
  /** The path. */
  public static final String PAGE = "/profile";

  private final PageRenderer pageRenderer;
  private final RequestAuthenticator requestAuthenticator;
  private final RequestRateLimits requestRateLimits;
  private final ChangeUsername changeUsername;
  private final Avatars avatars;

  ProfilePages(
      PageRenderer pageRenderer,
      RequestAuthenticator requestAuthenticator,
      RequestRateLimits requestRateLimits,
      ChangeUsername changeUsername,
      Avatars avatars) {
    this.pageRenderer = pageRenderer;
    this.requestAuthenticator = requestAuthenticator;
    this.requestRateLimits = requestRateLimits;
    this.changeUsername = changeUsername;
    this.avatars = avatars;
  }

  private record Body(String message, UserBody user) {}

  private record UserBody(long id, String username) {}

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.get(routes, PAGE, this::page);
    routes.post(PAGE, this::change);
  }

  private void page(Context ctx) {
    AuthenticatedUser who = requestAuthenticator.signedIn(ctx);
    requestRateLimits.reading(ctx);
    show(ctx, 200, who, nameOf(who), FormErrors.none());
  }

  /** The page after another of its forms was refused. */
  public void again(Context ctx, AuthenticatedUser who, ApiException apiException) {
    show(ctx, apiException.status(), who, nameOf(who), PageRenderer.refusal(ctx, apiException));
  }

  private static String nameOf(AuthenticatedUser who) {
    return who.account().username().map(Username::text).orElse("");
  }

  private void change(Context ctx) {
    AuthenticatedUser who = requestAuthenticator.signedIn(ctx);
    requestRateLimits.changing(ctx);
    var formOrJsonBody = FormOrJsonBody.of(ctx);
    formOrJsonBody.attempt(
        () -> {
          var fields = new FieldValidator(formOrJsonBody);
          var username = fields.required("username", Username::of);
          fields.refuseIfWrong();
          switch (changeUsername.change(who, username.orElseThrow())) {
            case ChangeUsername.Changed(var name) -> changed(ctx, formOrJsonBody, who, name);
            case ChangeUsername.Taken() ->
                throw ApiException.of(
                    409, "username_taken", "username", Sentence.of("account.username-taken"));
          }
        },
        apiException ->
            show(
                ctx,
                apiException.status(),
                who,
                formOrJsonBody.typed("username"),
                PageRenderer.refusal(ctx, apiException)));
  }

  private static void changed(
      Context ctx, FormOrJsonBody formOrJsonBody, AuthenticatedUser who, Username name) {
    if (formOrJsonBody.isForm()) {
      PageRenderer.seeOther(ctx, Notice.NAME_CHANGED.on(PAGE));
    } else {
      ApiJson.answer(
          ctx,
          200,
          new Body(
              RequestLanguage.say(ctx, Notice.NAME_CHANGED.sentence()),
              new UserBody(who.user().value(), name.text())));
    }
  }

  private void show(
      Context ctx, int status, AuthenticatedUser who, String username, FormErrors formErrors) {
    pageRenderer.show(
        ctx,
        status,
        new Page.Profile(
            pageRenderer.frame(ctx),
            username,
            who.account().email().text(),
            who.account().verified(),
            Optional.ofNullable(avatars.of(List.of(who.user())).get(who.user()))
                .map(name -> "/avatars/" + name),
            formErrors));
  }
}
