package io.letschat.web.message;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.SignedIn;
import io.letschat.application.message.ReadHistory;
import io.letschat.domain.message.Seq;
import io.letschat.web.http.Json;
import io.letschat.web.http.Limits;
import io.letschat.web.http.Refused;
import io.letschat.web.http.Routes;
import io.letschat.web.http.Visitors;
import io.letschat.web.room.RoomIds;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** {@code GET /api/rooms/{id}/messages}: a room's messages by their numbers, oldest first. */
final class HistoryApi implements Routes {
  private static final int USUAL = 50;

  private final ReadHistory readHistory;
  private final Visitors visitors;
  private final Limits limits;

  HistoryApi(ReadHistory readHistory, Visitors visitors, Limits limits) {
    this.readHistory = readHistory;
    this.visitors = visitors;
    this.limits = limits;
  }

  private record HistoryBody(List<MessageBody> messages, boolean hasMore) {}

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.get(routes, "/api/rooms/{id}/messages", this::read);
  }

  private void read(Context ctx) {
    SignedIn who = visitors.signedIn(ctx);
    limits.reading(ctx);
    var room = RoomIds.room(ctx);
    OptionalLong before = number(ctx, "before", 0, Long.MAX_VALUE);
    OptionalLong after = number(ctx, "after", 0, Long.MAX_VALUE);
    int limit = (int) number(ctx, "limit", 1, ReadHistory.MOST).orElse(USUAL);
    if (before.isPresent() && after.isPresent()) {
      throw Refused.invalid(Map.of("after", "Give before or after, not both."));
    }
    ReadHistory.Page page =
        before.isPresent()
            ? new ReadHistory.Before(new Seq(before.getAsLong()))
            : after.isPresent()
                ? new ReadHistory.After(new Seq(after.getAsLong()))
                : new ReadHistory.Latest();
    ReadHistory.History history =
        readHistory.read(who, room, page, limit).orElseThrow(Refused::notFound);
    var messages = history.messages().stream().map(MessageBody::of).toList();
    Json.answer(ctx, 200, new HistoryBody(messages, history.hasMore()));
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
    String bounds = most == Long.MAX_VALUE ? least + " or more" : least + " to " + most;
    throw Refused.invalid(Map.of(name, name + " is a whole number, " + bounds + "."));
  }
}
