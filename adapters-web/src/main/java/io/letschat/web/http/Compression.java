package io.letschat.web.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides, last of all handlers, whether an answer may be compressed on its way out: text that is
 * made whole. What names its own length, is a part of something or is none of our kinds of text
 * goes out byte for byte, since a length or a range is that of the bytes before they are
 * compressed.
 */
public final class Compression implements Handler {
  private static final Set<String> TEXT =
      Set.of(
          "text/html",
          "text/css",
          "text/javascript",
          "text/plain",
          "application/json",
          "image/svg+xml");

  @Override
  public void handle(Context ctx) {
    var response = ctx.res();
    boolean text =
        TEXT.contains(mediaType(response.getContentType()))
            && !response.containsHeader("Content-Length")
            && !response.containsHeader("Content-Range");
    if (text) {
      // RFC 9110, 12.5.5: caches on the way must not give one client what another can read.
      response.addHeader("Vary", "Accept-Encoding");
    } else {
      ctx.disableCompression();
    }
  }

  private static String mediaType(@Nullable String contentType) {
    return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
