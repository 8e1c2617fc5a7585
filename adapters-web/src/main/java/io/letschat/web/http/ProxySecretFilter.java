package io.letschat.web.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Lets in what comes from the front and nobody else: other users of the machine can reach the port,
 * and the front's headers are believed.
 */
public final class ProxySecretFilter implements Handler {
  /** Carries the secret of this start. */
  public static final String SECRET = "X-LetsChat-Front";

  /** Carries the client's address, in digits. */
  public static final String CLIENT = "X-LetsChat-Client";

  /** {@code true} when nobody says that the request was forwarded. */
  public static final String DIRECT = "X-LetsChat-Direct";

  private final byte[] secret;

  public ProxySecretFilter(String secret) {
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void handle(Context ctx) {
    String shown = ctx.header(SECRET);
    if (shown == null || !MessageDigest.isEqual(shown.getBytes(StandardCharsets.UTF_8), secret)) {
      throw ApiException.of(403, "not_the_front", "This port is not for visitors.");
    }
  }

  /** Whether the client reached us over TLS. */
  static boolean isHttps(Context ctx) {
    return "https".equalsIgnoreCase(ctx.header("X-Forwarded-Proto"));
  }

  /** The name and port by which the client knows us. */
  static String host(Context ctx) {
    String forwarded = ctx.header("X-Forwarded-Host");
    String host = forwarded == null ? ctx.header("Host") : forwarded;
    return host == null ? "" : host;
  }
}
