package io.letschat.web.security;

import io.javalin.http.Context;
import io.letschat.domain.account.Device;
import io.letschat.protocol.ClientAddress;
import io.letschat.protocol.GatewayHeaders;
import java.net.InetAddress;
import java.util.Locale;

/** Where requests come from, for the limits. */
public final class RequestOrigin {
  private RequestOrigin() {}

  /** The address as the gateway found it, as limits {@linkplain ClientAddress#network count} it. */
  public static String of(Context ctx) {
    return ClientAddress.network(GatewayHeaders.client(ctx::header));
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
    return GatewayHeaders.isDirect(ctx::header)
        && GatewayHeaders.client(ctx::header).filter(ClientAddress::isLoopback).isPresent();
  }

  /**
   * Whether the address that the browser shows is one of this machine. A page from elsewhere can
   * let its own name lead here once it is loaded, and then read our answers as its own (DNS
   * rebinding).
   */
  public static boolean isAskedByLocalName(Context ctx) {
    String host =
        GatewayHeaders.host(ctx::header).toLowerCase(Locale.ROOT).replaceFirst(":[0-9]+$", "");
    if (host.equals("localhost") || host.endsWith(".localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host.replaceAll("^\\[|]$", "")).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
