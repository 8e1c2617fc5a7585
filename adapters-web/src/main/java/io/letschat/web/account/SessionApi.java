package io.letschat.web.account;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.account.session.MySessions;
import io.letschat.application.message.MessageView;
import io.letschat.web.http.ApiException;
import io.letschat.web.http.ApiJson;
import io.letschat.web.http.FormOrJsonBody;
import io.letschat.web.http.Links;
import io.letschat.web.http.Routes;
import io.letschat.web.page.Notice;
import io.letschat.web.page.PageRenderer;
import io.letschat.web.page.SessionCard;
import io.letschat.web.security.RequestAuthenticator;
import io.letschat.web.security.RequestRateLimits;
import io.letschat.web.security.SessionCookie;
import io.letschat.web.sentence.RequestLanguage;
import java.util.List;

/** One's own sessions: where one is signed in, and signing out from afar. */
final class SessionApi implements Routes {
  private final MySessions sessions;
  private final SessionList list;
  private final RequestAuthenticator requestAuthenticator;
  private final RequestRateLimits requestRateLimits;
  private final SessionCookie cookie;

  SessionApi(
      MySessions sessions,
      SessionList list,
      RequestAuthenticator requestAuthenticator,
      RequestRateLimits requestRateLimits,
      SessionCookie cookie) {
    this.sessions = sessions;
    this.list = list;
    this.requestAuthenticator = requestAuthenticator;
    this.requestRateLimits = requestRateLimits;
    this.cookie = cookie;
  }

  private record ListBody(List<SessionBody> sessions) {}

  private record SessionBody(
      String id, String device, String address, String signedInAt, boolean current) {
    static SessionBody of(SessionCard card) {
      return new SessionBody(
          card.handle(),
          card.device(),
          card.address(),
          MessageView.time(card.signedInAt()),
          card.here());
    }
  }

  private record DoneBody(String message, String redirect) {}

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.get(routes, "/api/sessions", this::list);
    routes.post("/api/sessions/revoke", this::revoke);
    routes.post("/api/sessions/revokeAll", this::revokeAll);
  }

  private void list(Context ctx) {
    AuthenticatedUser who = requestAuthenticator.signedIn(ctx);
    requestRateLimits.reading(ctx);
    ApiJson.answer(
        ctx,
        200,
        new ListBody(list.of(who, RequestLanguage.of(ctx)).stream().map(SessionBody::of).toList()));
  }

  private void revoke(Context ctx) {
    AuthenticatedUser who = requestAuthenticator.signedIn(ctx);
    requestRateLimits.changing(ctx);
    var submission = FormOrJsonBody.of(ctx);
    String handle = submission.typed("session");
    if (!sessions.revoke(who, handle)) {
      throw ApiException.notFound();
    }
    boolean here = who.session().id().handle().equals(handle);
    if (here) {
      cookie.clear(ctx);
    }
    done(ctx, submission.isForm(), Notice.SESSION_ENDED, here ? "/login" : "/dashboard");
  }

  private void revokeAll(Context ctx) {
    AuthenticatedUser who = requestAuthenticator.signedIn(ctx);
    requestRateLimits.changing(ctx);
    sessions.revokeAll(who);
    cookie.clear(ctx);
    done(ctx, FormOrJsonBody.isForm(ctx), Notice.SIGNED_OUT_EVERYWHERE, "/login");
  }

  private static void done(Context ctx, boolean form, Notice notice, String path) {
    if (form) {
      PageRenderer.seeOther(ctx, notice.on(path));
    } else {
      ApiJson.answer(
          ctx, 200, new DoneBody(RequestLanguage.say(ctx, notice.sentence()), Links.to(ctx, path)));
    }
  }
}
