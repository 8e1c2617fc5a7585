package io.letschat.web.room;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.room.EndMembership;
import io.letschat.application.room.JoinOrCreateRoom;
import io.letschat.domain.Sentence;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomName;
import io.letschat.domain.room.RoomPassword;
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
import io.letschat.web.security.RequestRateLimits;
import java.util.Map;

/** Joining or creating a room, and ending a membership. */
final class RoomApi implements Routes {
  private final JoinOrCreateRoom joinOrCreateRoom;
  private final EndMembership endMembership;
  private final RequestAuthenticator requestAuthenticator;
  private final RequestRateLimits requestRateLimits;
  private final RoomPages pages;

  RoomApi(
      JoinOrCreateRoom joinOrCreateRoom,
      EndMembership endMembership,
      RequestAuthenticator requestAuthenticator,
      RequestRateLimits requestRateLimits,
      RoomPages pages) {
    this.joinOrCreateRoom = joinOrCreateRoom;
    this.endMembership = endMembership;
    this.requestAuthenticator = requestAuthenticator;
    this.requestRateLimits = requestRateLimits;
    this.pages = pages;
  }

  private record EnteredBody(RoomBody room, UserBody user, String redirect) {}

  private record RoomBody(long id, String roomName) {}

  private record UserBody(long id, String username) {}

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/join", this::join);
    routes.delete(
        "/api/rooms/{id}/members/me", ctx -> end(ctx, requestAuthenticator.signedIn(ctx).user()));
    routes.delete(
        "/api/rooms/{id}/members/{user_id}",
        ctx -> end(ctx, new UserId(RoomIds.in(ctx, "user_id"))));
  }

  private void join(Context ctx) {
    requestRateLimits.changing(ctx);
    var formOrJsonBody = FormOrJsonBody.of(ctx);
    if (formOrJsonBody.isForm() && requestAuthenticator.find(ctx).isEmpty()) {
      // Whoever comes back from signing in finds the form as it was, but for the password.
      String room = SafePath.encoded(formOrJsonBody.typed("room"));
      PageRenderer.seeOther(ctx, SafePath.loginThen(ctx, "/?room=" + room));
      return;
    }
    AuthenticatedUser who = requestAuthenticator.signedIn(ctx);
    formOrJsonBody.attempt(
        () -> enter(ctx, who, formOrJsonBody),
        refused -> pages.joinAgain(ctx, who, formOrJsonBody, refused));
  }

  private void enter(Context ctx, AuthenticatedUser who, FormOrJsonBody formOrJsonBody) {
    var fields = new FieldValidator(formOrJsonBody);
    // Names that are there already need not be such as could be chosen today.
    var username = fields.optional("username", typed -> ownOrChosen(who, typed));
    var room = fields.required("room", RoomName::typed);
    var password = fields.required("password", RoomPassword::of);
    fields.refuseIfWrong();
    var command =
        new JoinOrCreateRoom.Command(
            who, username, room.orElseThrow(), password.orElseThrow(), RequestOrigin.of(ctx));
    switch (joinOrCreateRoom.enter(command)) {
      case JoinOrCreateRoom.Entered(var entered, var name) ->
          welcome(ctx, formOrJsonBody, who, entered, name);
      case JoinOrCreateRoom.NotVerified() ->
          throw ApiException.of(403, "email_not_verified", Sentence.of("account.not-verified"));
      case JoinOrCreateRoom.UsernameRequired() ->
          throw ApiException.of(
              422, "username_required", "username", Sentence.of("room.name-needed"));
      case JoinOrCreateRoom.UsernameTaken() ->
          throw ApiException.of(
              409, "username_taken", "username", Sentence.of("account.username-taken"));
      case JoinOrCreateRoom.NamedOtherwise(var name) ->
          throw ApiException.of(
              409,
              "named_otherwise",
              "username",
              Sentence.of("room.named-otherwise").with("name", name.text()));
      case JoinOrCreateRoom.NameRefused(var sentence) ->
          throw ApiException.invalid(Map.of("room", sentence));
      case JoinOrCreateRoom.LooksLikeAnother() ->
          throw ApiException.of(
              409, "room_name_taken", "room", Sentence.of("room.looks-like-another"));
      case JoinOrCreateRoom.WrongPassword() ->
          throw ApiException.of(
              403, "wrong_room_password", "password", Sentence.of("room.wrong-password"));
      case JoinOrCreateRoom.TooOften(var retryAfter) -> throw ApiException.tooOften(retryAfter);
    }
  }

  private static Username ownOrChosen(AuthenticatedUser who, String typed) {
    Username name = Username.typed(typed);
    return who.account()
        .username()
        .filter(own -> own.key().equals(name.key()))
        .orElseGet(() -> Username.of(typed));
  }

  private static void welcome(
      Context ctx, FormOrJsonBody formOrJsonBody, AuthenticatedUser who, Room room, Username name) {
    String path = "/rooms/" + room.id();
    if (formOrJsonBody.isForm()) {
      PageRenderer.seeOther(ctx, path);
      return;
    }
    var roomBody = new RoomBody(room.id().value(), room.name().text());
    var userBody = new UserBody(who.user().value(), name.text());
    ApiJson.answer(ctx, 200, new EnteredBody(roomBody, userBody, Links.to(ctx, path)));
  }

  private void end(Context ctx, UserId leaving) {
    AuthenticatedUser who = requestAuthenticator.signedIn(ctx);
    requestRateLimits.changing(ctx);
    switch (endMembership.end(who, RoomIds.room(ctx), leaving)) {
      case EndMembership.Ended() -> ctx.status(204);
      case EndMembership.NotFound() -> throw ApiException.notFound();
      case EndMembership.NotTheOwner() ->
          throw ApiException.of(403, "not_the_owner", Sentence.of("room.not-the-owner"));
    }
  }
}
