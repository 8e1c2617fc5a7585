package io.letschat.web.account;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.ChangeUsername;
import io.letschat.application.account.SignedIn;
import io.letschat.application.media.Avatars;
import io.letschat.domain.account.Username;
import io.letschat.web.http.Fields;
import io.letschat.web.http.Json;
import io.letschat.web.http.Limits;
import io.letschat.web.http.Refused;
import io.letschat.web.http.Routes;
import io.letschat.web.http.Site;
import io.letschat.web.http.Submission;
import io.letschat.web.http.Visitors;
import io.letschat.web.page.Notice;
import io.letschat.web.page.Page;
import io.letschat.web.page.Refusal;
import java.util.List;
import java.util.Optional;

/** The page on which people change how others see them. */
public final class ProfilePages implements Routes {
  /** The path. */
  public static final String PAGE = "/profile";

  private final Site site;
  private final Visitors visitors;
  private final Limits limits;
  private final ChangeUsername changeUsername;
  private final Avatars avatars;

  ProfilePages(
      Site site, Visitors visitors, Limits limits, ChangeUsername changeUsername, Avatars avatars) {
    this.site = site;
    this.visitors = visitors;
    this.limits = limits;
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
    SignedIn who = visitors.signedIn(ctx);
    limits.reading(ctx);
    show(ctx, 200, who, nameOf(who), Refusal.none());
  }

  /** The page after another of its forms was refused. */
  public void again(Context ctx, SignedIn who, Refused refused) {
    show(ctx, refused.status(), who, nameOf(who), Site.refusal(refused));
  }

  private static String nameOf(SignedIn who) {
    return who.account().username().map(Username::text).orElse("");
  }

  private void change(Context ctx) {
    SignedIn who = visitors.signedIn(ctx);
    limits.changing(ctx);
    var submission = Submission.of(ctx);
    submission.attempt(
        () -> {
          var fields = new Fields(submission);
          var username = fields.required("username", Username::of);
          fields.refuseIfWrong();
          switch (changeUsername.change(who, username.orElseThrow())) {
            case ChangeUsername.Changed(var name) -> changed(ctx, submission, who, name);
            case ChangeUsername.Taken() ->
                throw Refused.of(
                    409,
                    "username_taken",
                    "username",
                    "This name is taken, or looks like one that is.");
          }
        },
        refused ->
            show(ctx, refused.status(), who, submission.typed("username"), Site.refusal(refused)));
  }

  private static void changed(Context ctx, Submission submission, SignedIn who, Username name) {
    if (submission.isForm()) {
      Site.seeOther(ctx, Notice.NAME_CHANGED.on(PAGE));
    } else {
      Json.answer(
          ctx,
          200,
          new Body(Notice.NAME_CHANGED.sentence(), new UserBody(who.user().value(), name.text())));
    }
  }

  private void show(Context ctx, int status, SignedIn who, String username, Refusal refusal) {
    site.show(
        ctx,
        status,
        new Page.Profile(
            site.frame(ctx),
            username,
            who.account().email().text(),
            who.account().verified(),
            Optional.ofNullable(avatars.of(List.of(who.user())).get(who.user()))
                .map(name -> "/avatars/" + name),
            refusal));
  }
}
