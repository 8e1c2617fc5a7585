package io.letschat.web.http;

import io.letschat.domain.room.RoomId;
import io.letschat.protocol.GatewayHeaders;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.MDC;

/**
 * Whatever is logged while a request is answered carries {@code request_id}, as the front gave it,
 * and {@code room_id} once it is known.
 */
public final class LogContext extends Handler.Wrapper {
  /** Other users of the machine reach this port, too, although they are not answered. */
  private static final Pattern WELL_FORMED = Pattern.compile("[!-~]{1,128}");

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String id = request.getHeaders().get(GatewayHeaders.REQUEST_ID);
    if (id != null && WELL_FORMED.matcher(id).matches()) {
      MDC.put("request_id", id);
    }
    try {
      return super.handle(request, response, callback);
    } finally {
      MDC.clear();
    }
  }

  /** The current request is about this room. */
  public static void room(RoomId room) {
    MDC.put("room_id", room.toString());
  }
}
