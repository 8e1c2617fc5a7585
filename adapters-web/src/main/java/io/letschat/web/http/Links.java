package io.letschat.web.http;

import io.javalin.config.JavalinConfig;
import io.javalin.config.Key;
import io.javalin.http.Context;
import io.letschat.application.Addresses;
import java.util.Set;

/**
 * The addresses in answers: whatever path goes out, in a header, in JSON or in a page, is made by
 * the {@link Addresses} that are kept here.
 */
public final class Links {
  /**
   * What the paths of all routes begin with. A base path that began with one of them could not be
   * told from it.
   */
  public static final Set<String> FIRST_SEGMENTS =
      Set.of(
          "api",
          "assets",
          "avatars",
          "dashboard",
          "dev",
          "favicon.ico",
          "forgot-password",
          "healthz",
          "join",
          "login",
          "metrics",
          "profile",
          "readyz",
          "register",
          "rooms",
          "socket.io",
          "uploads",
          "verify-email",
          "verify-otp");

  private static final Key<Addresses> ADDRESSES = new Key<>("letschat.addresses");

  private Links() {}

  /** To be called once, before the server starts. */
  public static void use(Addresses addresses, JavalinConfig config) {
    config.appData(ADDRESSES, addresses);
  }

  /** A path of ours as clients have to ask for it. */
  public static String to(Context ctx, String path) {
    return ctx.appData(ADDRESSES).of(path);
  }

  /** For cookies that are sent to all of our paths and no others. */
  public static String cookiePath(Context ctx) {
    return ctx.appData(ADDRESSES).cookiePath();
  }

  static String within(Context ctx, String address) {
    return ctx.appData(ADDRESSES).within(address);
  }
}
