package io.letschat.web.room;

import io.javalin.http.Context;
import io.letschat.web.http.Refused;

/** Ids in paths. What is no number names nothing. */
public final class RoomIds {
  private RoomIds() {}

  /**
   * @throws Refused 404
   */
  public static long in(Context ctx, String parameter) {
    try {
      return Long.parseLong(ctx.pathParam(parameter));
    } catch (NumberFormatException e) {
      throw Refused.notFound();
    }
  }
}
