package io.letschat.web.room;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.room.MyRooms;
import io.letschat.application.room.RoomAccess;
import io.letschat.domain.room.Room;
import io.letschat.web.account.SessionList;
import io.letschat.web.http.ApiException;
import io.letschat.web.http.FormOrJsonBody;
import io.letschat.web.http.Routes;
import io.letschat.web.page.FormErrors;
import io.letschat.web.page.Page;
import io.letschat.web.page.Page.JoinForm;
import io.letschat.web.page.Page.RoomCard;
import io.letschat.web.page.PageRenderer;
import io.letschat.web.page.Viewer;
import io.letschat.web.security.RequestAuthenticator;
import io.letschat.web.security.RequestRateLimits;
import io.letschat.web.sentence.RequestLanguage;
import java.util.List;
import java.util.Optional;

/** The first page, the list of one's rooms, and the chat. */
final class RoomPages implements Routes {
  private final PageRenderer pageRenderer;
  private final RequestAuthenticator requestAuthenticator;
  private final RequestRateLimits requestRateLimits;
  private final MyRooms myRooms;
  private final RoomAccess access;
  private final SessionList sessions;

  RoomPages(
      PageRenderer pageRenderer,
      RequestAuthenticator requestAuthenticator,
      RequestRateLimits requestRateLimits,
      MyRooms myRooms,
      RoomAccess access,
      SessionList sessions) {
    this.pageRenderer = pageRenderer;
    this.requestAuthenticator = requestAuthenticator;
    this.requestRateLimits = requestRateLimits;
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
    requestRateLimits.reading(ctx);
    var form = prefilled(ctx, requestAuthenticator.find(ctx).map(Viewer::of));
    pageRenderer.show(ctx, 200, new Page.Landing(pageRenderer.frame(ctx), form));
  }

  private void dashboard(Context ctx) {
    AuthenticatedUser who = requestAuthenticator.signedIn(ctx);
    requestRateLimits.reading(ctx);
    show(ctx, 200, who, prefilled(ctx, Optional.of(Viewer.of(who))));
  }

  private void chat(Context ctx) {
    AuthenticatedUser who = requestAuthenticator.signedIn(ctx);
    requestRateLimits.reading(ctx);
    Room room = access.member(who, RoomIds.room(ctx)).orElseThrow(ApiException::notFound).room();
    pageRenderer.show(
        ctx,
        200,
        new Page.Chat(
            pageRenderer.frame(ctx),
            Viewer.of(who),
            room.id().value(),
            room.name().text(),
            room.isOwnedBy(who.user())));
  }

  /** The dashboard again, with what was typed into its form, after a refusal. */
  void joinAgain(
      Context ctx,
      AuthenticatedUser who,
      FormOrJsonBody formOrJsonBody,
      ApiException apiException) {
    var form =
        new JoinForm(
            Viewer.of(who).username(),
            formOrJsonBody.typed("username"),
            formOrJsonBody.typed("room"),
            PageRenderer.refusal(ctx, apiException));
    show(ctx, apiException.status(), who, form);
  }

  private void show(Context ctx, int status, AuthenticatedUser who, JoinForm form) {
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
    pageRenderer.show(
        ctx,
        status,
        new Page.Dashboard(
            pageRenderer.frame(ctx), rooms, form, sessions.of(who, RequestLanguage.of(ctx))));
  }

  /** An invitation is a link that names the room. */
  private static JoinForm prefilled(Context ctx, Optional<Viewer> viewer) {
    String room = ctx.queryParam("room");
    return new JoinForm(
        viewer.flatMap(Viewer::username), "", room == null ? "" : room, FormErrors.none());
  }
}
