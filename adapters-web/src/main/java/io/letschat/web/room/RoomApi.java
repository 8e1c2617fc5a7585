package io.letschat.web.room;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.SignedIn;
import io.letschat.application.room.EndMembership;
import io.letschat.application.room.EnterRoom;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomName;
import io.letschat.domain.room.RoomPassword;
import io.letschat.web.http.ClientAddress;
import io.letschat.web.http.Fields;
import io.letschat.web.http.Json;
import io.letschat.web.http.Limits;
import io.letschat.web.http.Links;
import io.letschat.web.http.Refused;
import io.letschat.web.http.Routes;
import io.letschat.web.http.SafePath;
import io.letschat.web.http.Site;
import io.letschat.web.http.Submission;
import io.letschat.web.http.Visitors;
import java.util.Map;

/** Joining or creating a room, and ending a membership. */
final class RoomApi implements Routes {
  private final EnterRoom enterRoom;
  private final EndMembership endMembership;
  private final Visitors visitors;
  private final Limits limits;
  private final RoomPages pages;

  RoomApi(
      EnterRoom enterRoom,
      EndMembership endMembership,
      Visitors visitors,
      Limits limits,
      RoomPages pages) {
    this.enterRoom = enterRoom;
    this.endMembership = endMembership;
    this.visitors = visitors;
    this.limits = limits;
    this.pages = pages;
  }

  private record EnteredBody(RoomBody room, UserBody user, String redirect) {}

  private record RoomBody(long id, String roomName) {}

  private record UserBody(long id, String username) {}

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/join", this::join);
    routes.delete("/api/rooms/{id}/members/me", ctx -> end(ctx, visitors.signedIn(ctx).user()));
    routes.delete(
        "/api/rooms/{id}/members/{user_id}",
        ctx -> end(ctx, new UserId(RoomIds.in(ctx, "user_id"))));
  }

  private void join(Context ctx) {
    limits.changing(ctx);
    var submission = Submission.of(ctx);
    if (submission.isForm() && visitors.find(ctx).isEmpty()) {
      // Whoever comes back from signing in finds the form as it was, but for the password.
      String room = SafePath.encoded(submission.typed("room"));
      Site.seeOther(ctx, SafePath.loginThen(ctx, "/?room=" + room));
      return;
    }
    SignedIn who = visitors.signedIn(ctx);
    submission.attempt(
        () -> enter(ctx, who, submission),
        refused -> pages.joinAgain(ctx, who, submission, refused));
  }

  private void enter(Context ctx, SignedIn who, Submission submission) {
    var fields = new Fields(submission);
    // Names that are there already need not be such as could be chosen today.
    var username = fields.optional("username", typed -> ownOrChosen(who, typed));
    var room = fields.required("room", RoomName::typed);
    var password = fields.required("password", RoomPassword::of);
    fields.refuseIfWrong();
    var command =
        new EnterRoom.Command(
            who, username, room.orElseThrow(), password.orElseThrow(), ClientAddress.of(ctx));
    switch (enterRoom.enter(command)) {
      case EnterRoom.Entered(var entered, var name) -> welcome(ctx, submission, who, entered, name);
      case EnterRoom.NotVerified() ->
          throw Refused.of(403, "email_not_verified", "Please verify your e-mail address first.");
      case EnterRoom.UsernameRequired() ->
          throw Refused.of(
              422, "username_required", "username", "Please choose a name for the others to see.");
      case EnterRoom.UsernameTaken() ->
          throw Refused.of(
              409, "username_taken", "username", "This name is taken, or looks like one that is.");
      case EnterRoom.NamedOtherwise(var name) ->
          throw Refused.of(
              409, "named_otherwise", "username", "Your name is " + name.text() + " already.");
      case EnterRoom.NameRefused(var sentence) -> throw Refused.invalid(Map.of("room", sentence));
      case EnterRoom.LooksLikeAnother() ->
          throw Refused.of(
              409,
              "room_name_taken",
              "room",
              "There is no room of this name, but one whose name looks the same.");
      case EnterRoom.WrongPassword() ->
          throw Refused.of(
              403, "wrong_room_password", "password", "This is not the room's password.");
      case EnterRoom.TooOften(var retryAfter) -> throw Refused.tooOften(retryAfter);
    }
  }

  private static Username ownOrChosen(SignedIn who, String typed) {
    Username name = Username.typed(typed);
    return who.account()
        .username()
        .filter(own -> own.key().equals(name.key()))
        .orElseGet(() -> Username.of(typed));
  }

  private static void welcome(
      Context ctx, Submission submission, SignedIn who, Room room, Username name) {
    String path = "/rooms/" + room.id();
    if (submission.isForm()) {
      Site.seeOther(ctx, path);
      return;
    }
    var roomBody = new RoomBody(room.id().value(), room.name().text());
    var userBody = new UserBody(who.user().value(), name.text());
    Json.answer(ctx, 200, new EnteredBody(roomBody, userBody, Links.to(ctx, path)));
  }

  private void end(Context ctx, UserId leaving) {
    SignedIn who = visitors.signedIn(ctx);
    limits.changing(ctx);
    switch (endMembership.end(who, RoomIds.room(ctx), leaving)) {
      case EndMembership.Ended() -> ctx.status(204);
      case EndMembership.NotFound() -> throw Refused.notFound();
      case EndMembership.NotTheOwner() ->
          throw Refused.of(403, "not_the_owner", "Only the room's owner removes other members.");
    }
  }
}
