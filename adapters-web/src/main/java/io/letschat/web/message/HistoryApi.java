package io.letschat.web.message;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.message.ReadHistory;
import io.letschat.domain.Sentence;
import io.letschat.domain.message.Seq;
import io.letschat.web.http.ApiException;
import io.letschat.web.http.ApiJson;
import io.letschat.web.http.Routes;
import io.letschat.web.room.RoomIds;
import io.letschat.web.security.RequestAuthenticator;
import io.letschat.web.security.RequestRateLimits;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** {@code GET /api/rooms/{id}/messages}: a room's messages by their numbers, oldest first. */
final class HistoryApi implements Routes {
  private static final int USUAL = 50;

  private final ReadHistory readHistory;
  private final RequestAuthenticator requestAuthenticator;
  private final RequestRateLimits requestRateLimits;

  HistoryApi(
      ReadHistory readHistory,
      RequestAuthenticator requestAuthenticator,
      RequestRateLimits requestRateLimits) {
    this.readHistory = readHistory;
    this.requestAuthenticator = requestAuthenticator;
    this.requestRateLimits = requestRateLimits;
  }

  private record HistoryBody(List<MessageBody> messages, boolean hasMore) {}

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.get(routes, "/api/rooms/{id}/messages", this::read);
  }

  private void read(Context ctx) {
    AuthenticatedUser who = requestAuthenticator.signedIn(ctx);
    requestRateLimits.reading(ctx);
    var room = RoomIds.room(ctx);
    OptionalLong before = number(ctx, "before", 0, Long.MAX_VALUE);
    OptionalLong after = number(ctx, "after", 0, Long.MAX_VALUE);
    int limit = (int) number(ctx, "limit", 1, ReadHistory.MOST).orElse(USUAL);
    if (before.isPresent() && after.isPresent()) {
      throw ApiException.invalid(Map.of("after", Sentence.of("request.before-and-after")));
    }
    ReadHistory.Page page =
        before.isPresent()
            ? new ReadHistory.Before(new Seq(before.getAsLong()))
            : after.isPresent()
                ? new ReadHistory.After(new Seq(after.getAsLong()))
                : new ReadHistory.Latest();
    ReadHistory.History history =
        readHistory.read(who, room, page, limit).orElseThrow(ApiException::notFound);
    var messages = history.messages().stream().map(MessageBody::of).toList();
    ApiJson.answer(ctx, 200, new HistoryBody(messages, history.hasMore()));
  }

  private static OptionalLong number(Context ctx, String name, long least, long most) {
    String text = ctx.queryParam(name);
    if (text == null || text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return OptionalLong.of(number);
      }
    } catch (NumberFormatException e) {
      // Answered below, as a number that is out of bounds is.
    }
    Sentence bounds =
        most == Long.MAX_VALUE
            ? Sentence.of("request.number-from").with("field", name).with("least", least)
            : Sentence.of("request.number-between")
                .with("field", name)
                .with("least", least)
                .with("most", most);
    throw ApiException.invalid(Map.of(name, bounds));
  }
}
