package io.letschat.web.security;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.letschat.domain.Sentence;
import io.letschat.protocol.GatewaySecret;
import io.letschat.web.http.ApiException;

/**
 * Lets in what comes from the gateway and nobody else: other users of the machine can reach the
 * port, and the gateway's headers are believed.
 */
public final class ProxySecretFilter implements Handler {
  private final GatewaySecret secret;

  public ProxySecretFilter(GatewaySecret secret) {
    this.secret = secret;
  }

  @Override
  public void handle(Context ctx) {
    if (!secret.isShownIn(ctx::header)) {
      throw ApiException.of(403, "not_the_front", Sentence.of("request.not-the-front"));
    }
  }
}
