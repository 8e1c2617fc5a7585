package io.letschat.messaging.codec;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.regex.Pattern;

/**
 * Which clients may get an offset behind an event's arguments. Only socket.io-client does something
 * with it, and nothing in the protocol tells it from the others before it has lost a connection.
 * Others throw the event away when its handler takes fewer arguments, so who cannot be told gets
 * none: it does not come back, but hears everything.
 */
public final class OffsetSupport {
  /** Browsers and other runtimes of JavaScript, and programs that share their HTTP clients. */
  private static final Pattern TAKING =
      Pattern.compile("(?i)\\b(mozilla|node|bun|deno|okhttp|cfnetwork)\\b");

  private static final Pattern INSISTING = Pattern.compile("(?i)\\b(python|aiohttp|dart)\\b");

  private OffsetSupport() {}

  /**
   * @param handshake the headers of the first request. Node's WebSockets have no {@code User-Agent}
   *     but offer compression, those of Python have neither
   */
  public static boolean include(HttpHeaders handshake) {
    String program = handshake.get(HttpHeaderNames.USER_AGENT, "");
    return !INSISTING.matcher(program).find()
        && (TAKING.matcher(program).find() || offersCompression(handshake));
  }

  private static boolean offersCompression(HttpHeaders handshake) {
    return handshake.getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS).stream()
        .anyMatch(extensions -> extensions.contains("permessage-deflate"));
  }
}
