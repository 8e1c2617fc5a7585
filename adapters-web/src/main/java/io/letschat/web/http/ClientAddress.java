package io.letschat.web.http;

import io.javalin.http.Context;
import io.letschat.domain.account.Device;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where requests come from, for the limits. */
public final class ClientAddress {
  private ClientAddress() {}

  /**
   * The address as the front found it. Of IPv6 it is the /64: whoever has one of its addresses has
   * them all.
   */
  public static String of(Context ctx) {
    return counted(ctx.header(FrontDoor.CLIENT));
  }

  /** Where somebody signs in from, for the limits and the list of sessions. */
  public static Device device(Context ctx) {
    String agent = ctx.header("User-Agent");
    return Device.of(agent == null ? "" : agent, of(ctx));
  }

  /**
   * Whether the request comes from the machine that the server runs on, and nobody says that it was
   * forwarded: a proxy on this machine speaks for others.
   */
  public static boolean isThisMachine(Context ctx) {
    String address = ctx.header(FrontDoor.CLIENT);
    try {
      return "true".equals(ctx.header(FrontDoor.DIRECT))
          && address != null
          && InetAddress.ofLiteral(address).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Whether the address that the browser shows is one of this machine. A page from elsewhere can
   * let its own name lead here once it is loaded, and then read our answers as its own (DNS
   * rebinding).
   */
  public static boolean isAskedByLocalName(Context ctx) {
    String host = FrontDoor.host(ctx).toLowerCase(Locale.ROOT).replaceFirst(":[0-9]+$", "");
    if (host.equals("localhost") || host.endsWith(".localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host.replaceAll("^\\[|]$", "")).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static String counted(@Nullable String address) {
    if (address == null || address.isBlank()) {
      return "unknown";
    }
    return address.indexOf(':') < 0 ? address : network(address);
  }

  private static String network(String address) {
    String digits = address.split("%", 2)[0];
    int gap = digits.indexOf("::");
    String[] head = (gap < 0 ? digits : digits.substring(0, gap)).split(":");
    var groups = new String[4];
    Arrays.fill(groups, "0");
    for (int i = 0; i < 4 && i < head.length && !head[i].isEmpty(); i++) {
      groups[i] = head[i].replaceFirst("^0+(?=.)", "");
    }
    if (gap >= 0) {
      String[] tail = digits.substring(gap + 2).split(":");
      // A gap is at least one group long; what follows it reaches the first half only if it is
      // short.
      for (int i = 0; i < tail.length && !tail[0].isEmpty(); i++) {
        int place = 8 - tail.length + i;
        if (place < 4) {
          groups[place] = tail[i].replaceFirst("^0+(?=.)", "");
        }
      }
    }
    return String.join(":", groups) + "::/64";
  }
}
