package io.letschat.web.security;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.letschat.domain.Sentence;
import io.letschat.protocol.GatewayHeaders;
import io.letschat.protocol.OriginPolicy;
import io.letschat.web.http.ApiException;
import java.util.Set;

/**
 * Keeps the pages of other sites from changing anything in the name of our visitors, as {@link
 * OriginPolicy} tells them apart. Sites that the owner named are let in, and may read the answers
 * (Fetch standard, CORS).
 */
public final class CrossOriginGuard implements Handler {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final OriginPolicy policy;

  /**
   * @param friends origins such as {@code https://chat.example.org}
   */
  public CrossOriginGuard(Set<String> friends) {
    policy = new OriginPolicy(friends::contains);
  }

  @Override
  public void handle(Context ctx) {
    switch (policy.of(ctx::header, GatewayHeaders.host(ctx::header))) {
      case OWN -> {}
      case ALLOWED -> welcome(ctx, String.valueOf(ctx.header("Origin")));
      case FOREIGN -> {
        if (!READING.contains(ctx.method().name())) {
          throw ApiException.of(403, "foreign_origin", Sentence.of("request.foreign-origin"));
        }
      }
    }
  }

  private static void welcome(Context ctx, String origin) {
    ctx.header("Access-Control-Allow-Origin", origin);
    ctx.header("Access-Control-Allow-Credentials", "true");
    ctx.header("Vary", "Origin");
    if (ctx.method().name().equals("OPTIONS")) {
      ctx.header("Access-Control-Allow-Methods", "GET, HEAD, POST, DELETE");
      ctx.header("Access-Control-Allow-Headers", "Authorization, Content-Type");
      ctx.header("Access-Control-Max-Age", "600");
      ctx.status(204).skipRemainingHandlers();
    }
  }
}
