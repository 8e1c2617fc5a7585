package io.letschat.web.media;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.media.Avatars;
import io.letschat.application.media.ChangeAvatar;
import io.letschat.application.media.TempFolder;
import io.letschat.application.media.TempFolderUnavailable;
import io.letschat.application.media.TempFolders;
import io.letschat.domain.Sentence;
import io.letschat.domain.account.UserId;
import io.letschat.domain.media.ObjectName;
import io.letschat.web.account.ProfilePages;
import io.letschat.web.http.ApiException;
import io.letschat.web.http.ApiJson;
import io.letschat.web.http.Links;
import io.letschat.web.http.Routes;
import io.letschat.web.page.Notice;
import io.letschat.web.page.PageRenderer;
import io.letschat.web.security.RequestAuthenticator;
import io.letschat.web.security.RequestRateLimits;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pictures of people: changed with the form of the profile page, shown to whoever is signed in.
 */
final class AvatarApi implements Routes {
  /** Where they are, by their names. */
  public static final String PATH = "/avatars/";

  private static final String FIELD = "avatar";
  private static final String CACHING = "private, max-age=31536000, immutable";
  private static final int MOST_IDS = 100;

  private final ChangeAvatar changeAvatar;
  private final Avatars avatars;
  private final TempFolders tempFolders;
  private final ProfilePages profile;
  private final RequestAuthenticator requestAuthenticator;
  private final RequestRateLimits requestRateLimits;

  AvatarApi(
      ChangeAvatar changeAvatar,
      Avatars avatars,
      TempFolders tempFolders,
      ProfilePages profile,
      RequestAuthenticator requestAuthenticator,
      RequestRateLimits requestRateLimits) {
    this.changeAvatar = changeAvatar;
    this.avatars = avatars;
    this.tempFolders = tempFolders;
    this.profile = profile;
    this.requestAuthenticator = requestAuthenticator;
    this.requestRateLimits = requestRateLimits;
  }

  private record ChangedBody(String avatarUrl) {}

  private record AvatarsBody(Map<String, String> avatars) {}

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/profile/avatar", this::change);
    routes.post("/profile/avatar/remove", this::remove);
    Routes.get(routes, "/api/avatars", this::list);
    Routes.get(routes, PATH + "{name}", this::show);
  }

  private void change(Context ctx) {
    AuthenticatedUser who = requestAuthenticator.signedIn(ctx);
    requestRateLimits.changing(ctx);
    try {
      ObjectName name = changed(ctx, who);
      if (acceptsJsonAlone(ctx)) {
        ApiJson.answer(ctx, 200, new ChangedBody(Links.to(ctx, PATH + name)));
      } else {
        PageRenderer.seeOther(ctx, Notice.AVATAR_CHANGED.on(ProfilePages.PAGE));
      }
    } catch (ApiException apiException) {
      if (acceptsJsonAlone(ctx)) {
        throw apiException;
      }
      profile.again(ctx, who, apiException);
    }
  }

  private ObjectName changed(Context ctx, AuthenticatedUser who) {
    try (TempFolder tempFolder = tempFolders.open()) {
      var form = Multipart.read(ctx, FIELD, ChangeAvatar.MOST_BYTES, tempFolder);
      return changed(changeAvatar.change(who, form.file().file(), tempFolder));
    } catch (TempFolderUnavailable e) {
      throw Multipart.notStored(e);
    }
  }

  /** The form of the page is answered with a page. */
  private static boolean acceptsJsonAlone(Context ctx) {
    String accept = ctx.header("Accept");
    return accept != null && accept.contains("json") && !accept.contains("text/html");
  }

  private static ObjectName changed(ChangeAvatar.Result result) {
    return switch (result) {
      case ChangeAvatar.Changed(var name) -> name;
      case ChangeAvatar.TooOften(var retryAfter) -> throw ApiException.tooOften(retryAfter);
      case ChangeAvatar.TooLarge() -> throw Multipart.tooLarge(FIELD, ChangeAvatar.MOST_BYTES);
      case ChangeAvatar.NotAnImage() ->
          throw ApiException.of(415, "unsupported_file", FIELD, Sentence.of("avatar.unsupported"));
      case ChangeAvatar.Unusable(var sentence) ->
          throw ApiException.of(422, "unusable_file", FIELD, sentence);
    };
  }

  private void remove(Context ctx) {
    AuthenticatedUser who = requestAuthenticator.signedIn(ctx);
    requestRateLimits.changing(ctx);
    avatars.remove(who.user());
    PageRenderer.seeOther(ctx, Notice.AVATAR_REMOVED.on(ProfilePages.PAGE));
  }

  /** {@code ids=1,2,3}: the addresses of those pictures that there are. */
  private void list(Context ctx) {
    requestAuthenticator.signedIn(ctx);
    requestRateLimits.reading(ctx);
    Map<String, String> found = new TreeMap<>();
    avatars
        .of(ids(ctx))
        .forEach(
            (user, name) -> found.put(Long.toString(user.value()), Links.to(ctx, PATH + name)));
    ApiJson.answer(ctx, 200, new AvatarsBody(found));
  }

  private static List<UserId> ids(Context ctx) {
    String written = ctx.queryParam("ids");
    try {
      List<UserId> ids =
          Arrays.stream(written == null ? new String[0] : written.split(","))
              .map(id -> new UserId(Long.parseLong(id)))
              .toList();
      if (ids.size() <= MOST_IDS) {
        return ids;
      }
    } catch (NumberFormatException e) {
      // Answered below, as too many are.
    }
    throw ApiException.invalid(Map.of("ids", Sentence.of("avatar.ids").with("most", MOST_IDS)));
  }

  private void show(Context ctx) {
    requestAuthenticator.signedIn(ctx);
    ObjectName name = ObjectName.read(ctx.pathParam("name")).orElseThrow(ApiException::notFound);
    Avatars.Avatar avatar = avatars.find(name).orElseThrow(ApiException::notFound);
    ctx.header("Cache-Control", CACHING)
        .header("Content-Security-Policy", SharedFiles.POLICY)
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .contentType(avatar.kind().mediaType())
        .result(avatar.content());
  }
}
