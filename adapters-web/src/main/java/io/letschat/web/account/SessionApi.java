package io.letschat.web.account;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.MySessions;
import io.letschat.application.account.SignedIn;
import io.letschat.web.http.Json;
import io.letschat.web.http.Limits;
import io.letschat.web.http.Links;
import io.letschat.web.http.Refused;
import io.letschat.web.http.Routes;
import io.letschat.web.http.SessionCookie;
import io.letschat.web.http.Site;
import io.letschat.web.http.Submission;
import io.letschat.web.http.Visitors;
import io.letschat.web.page.Notice;
import io.letschat.web.page.SessionCard;
import java.util.List;

/** One's own sessions: where one is signed in, and signing out from afar. */
final class SessionApi implements Routes {
  private final MySessions sessions;
  private final SessionList list;
  private final Visitors visitors;
  private final Limits limits;
  private final SessionCookie cookie;

  SessionApi(
      MySessions sessions,
      SessionList list,
      Visitors visitors,
      Limits limits,
      SessionCookie cookie) {
    this.sessions = sessions;
    this.list = list;
    this.visitors = visitors;
    this.limits = limits;
    this.cookie = cookie;
  }

  private record ListBody(List<SessionBody> sessions) {}

  private record SessionBody(
      String id, String device, String address, String signedInAt, boolean current) {
    static SessionBody of(SessionCard card) {
      return new SessionBody(
          card.handle(), card.device(), card.address(), Json.time(card.signedInAt()), card.here());
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
    SignedIn who = visitors.signedIn(ctx);
    limits.reading(ctx);
    Json.answer(ctx, 200, new ListBody(list.of(who).stream().map(SessionBody::of).toList()));
  }

  private void revoke(Context ctx) {
    SignedIn who = visitors.signedIn(ctx);
    limits.changing(ctx);
    var submission = Submission.of(ctx);
    String handle = submission.typed("session");
    if (!sessions.revoke(who, handle)) {
      throw Refused.notFound();
    }
    boolean here = who.session().id().handle().equals(handle);
    if (here) {
      cookie.clear(ctx);
    }
    done(ctx, submission.isForm(), Notice.SESSION_ENDED, here ? "/login" : "/dashboard");
  }

  private void revokeAll(Context ctx) {
    SignedIn who = visitors.signedIn(ctx);
    limits.changing(ctx);
    sessions.revokeAll(who);
    cookie.clear(ctx);
    done(ctx, Submission.isForm(ctx), Notice.SIGNED_OUT_EVERYWHERE, "/login");
  }

  private static void done(Context ctx, boolean form, Notice notice, String path) {
    if (form) {
      Site.seeOther(ctx, notice.on(path));
    } else {
      Json.answer(ctx, 200, new DoneBody(notice.sentence(), Links.to(ctx, path)));
    }
  }
}
