package io.letschat.web.room;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.SignedIn;
import io.letschat.application.room.MyRooms;
import io.letschat.application.room.RoomAccess;
import io.letschat.domain.room.Room;
import io.letschat.web.account.SessionList;
import io.letschat.web.http.Limits;
import io.letschat.web.http.Refused;
import io.letschat.web.http.Routes;
import io.letschat.web.http.Site;
import io.letschat.web.http.Submission;
import io.letschat.web.http.Visitors;
import io.letschat.web.page.Page;
import io.letschat.web.page.Page.JoinForm;
import io.letschat.web.page.Page.RoomCard;
import io.letschat.web.page.Refusal;
import io.letschat.web.page.Viewer;
import java.util.List;
import java.util.Optional;

/** The first page, the list of one's rooms, and the chat. */
final class RoomPages implements Routes {
  private final Site site;
  private final Visitors visitors;
  private final Limits limits;
  private final MyRooms myRooms;
  private final RoomAccess access;
  private final SessionList sessions;

  RoomPages(
      Site site,
      Visitors visitors,
      Limits limits,
      MyRooms myRooms,
      RoomAccess access,
      SessionList sessions) {
    this.site = site;
    this.visitors = visitors;
    this.limits = limits;
    this.myRooms = myRooms;
    this.access = access;
    this.sessions = sessions;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.get(routes, "/", this::landing);
    Routes.get(routes, "/dashboard", this::dashboard);
    Routes.get(routes, "/rooms/{id}", this::chat);
  }

  private void landing(Context ctx) {
    limits.reading(ctx);
    var form = prefilled(ctx, visitors.viewer(ctx));
    site.show(ctx, 200, new Page.Landing(site.frame(ctx), form));
  }

  private void dashboard(Context ctx) {
    SignedIn who = visitors.signedIn(ctx);
    limits.reading(ctx);
    show(ctx, 200, who, prefilled(ctx, Optional.of(Visitors.viewer(who))));
  }

  private void chat(Context ctx) {
    SignedIn who = visitors.signedIn(ctx);
    limits.reading(ctx);
    Room room = access.member(who, RoomIds.room(ctx)).orElseThrow(Refused::notFound).room();
    site.show(
        ctx,
        200,
        new Page.Chat(
            site.frame(ctx),
            Visitors.viewer(who),
            room.id().value(),
            room.name().text(),
            room.isOwnedBy(who.user())));
  }

  /** The dashboard again, with what was typed into its form, after a refusal. */
  void joinAgain(Context ctx, SignedIn who, Submission submission, Refused refused) {
    var form =
        new JoinForm(
            Visitors.viewer(who).username(),
            submission.typed("username"),
            submission.typed("room"),
            Site.refusal(refused));
    show(ctx, refused.status(), who, form);
  }

  private void show(Context ctx, int status, SignedIn who, JoinForm form) {
    List<RoomCard> rooms =
        myRooms.of(who).stream()
            .map(summary ->
                new RoomCard(
                    summary.room().id().value(),
                    summary.room().name().text(),
                    summary.room().isOwnedBy(who.user()),
                    summary.members(),
                    summary.lastMessageAt()))
            .toList();
    site.show(ctx, status, new Page.Dashboard(site.frame(ctx), rooms, form, sessions.of(who)));
  }

  /** An invitation is a link that names the room. */
  private static JoinForm prefilled(Context ctx, Optional<Viewer> viewer) {
    String room = ctx.queryParam("room");
    return new JoinForm(
        viewer.flatMap(Viewer::username), "", room == null ? "" : room, Refusal.none());
  }
}
