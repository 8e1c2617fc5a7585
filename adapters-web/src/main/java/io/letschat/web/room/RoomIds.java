package io.letschat.web.room;

import io.javalin.http.Context;
import io.letschat.domain.room.RoomId;
import io.letschat.web.http.ApiException;
import io.letschat.web.http.LogContext;

/** Ids in paths. What is no number names nothing. */
public final class RoomIds {
  private RoomIds() {}

  /**
   * The room that a path {@code …/{id}/…} is about.
   *
   * @throws ApiException 404
   */
  public static RoomId room(Context ctx) {
    var room = new RoomId(in(ctx, "id"));
    LogContext.room(room);
    return room;
  }

  /**
   * @throws ApiException 404
   */
  public static long in(Context ctx, String parameter) {
    try {
      return Long.parseLong(ctx.pathParam(parameter));
    } catch (NumberFormatException e) {
      throw ApiException.notFound();
    }
  }
}
