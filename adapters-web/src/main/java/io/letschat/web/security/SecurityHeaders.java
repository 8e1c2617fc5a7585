package io.letschat.web.security;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.letschat.protocol.GatewayHeaders;
import java.util.Set;

/** What browsers are told about every answer; what must not be kept is not kept. */
public final class SecurityHeaders implements Handler {
  private final String policy;

  /**
   * @param imageOrigins where images may come from, beside ourselves
   */
  public SecurityHeaders(Set<String> imageOrigins) {
    policy =
        String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            // A picture is shown before it is sent, too.
            ("img-src 'self' data: blob: " + String.join(" ", imageOrigins)).strip(),
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'");
  }

  @Override
  public void handle(Context ctx) {
    ctx.header("Content-Security-Policy", policy);
    ctx.header("X-Content-Type-Options", "nosniff");
    ctx.header("X-Frame-Options", "DENY");
    ctx.header("Referrer-Policy", "same-origin");
    ctx.header("Cross-Origin-Opener-Policy", "same-origin");
    ctx.header(
        "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    ctx.header("Cache-Control", "no-store");
    if (GatewayHeaders.isHttps(ctx::header)) {
      ctx.header("Strict-Transport-Security", "max-age=31536000");
    }
  }
}
