package io.letschat.web.security;

import io.javalin.http.Context;
import io.letschat.application.account.session.Authenticate;
import io.letschat.application.account.session.Authenticate.TokenMatch;
import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.protocol.BearerToken;
import io.letschat.web.http.ApiException;
import java.util.Optional;

/** Who asks, by the Authorization header or the cookie; looked up once per request. */
public final class RequestAuthenticator {
  private static final String ATTRIBUTE = RequestAuthenticator.class.getName();

  private final Authenticate authenticate;
  private final SessionCookie cookie;

  public RequestAuthenticator(Authenticate authenticate, SessionCookie cookie) {
    this.authenticate = authenticate;
    this.cookie = cookie;
  }

  /** Empty for somebody who is not signed in. */
  public Optional<AuthenticatedUser> find(Context ctx) {
    Optional<AuthenticatedUser> known = ctx.attribute(ATTRIBUTE);
    if (known == null) {
      Optional<String> token = BearerToken.of(ctx.header("Authorization"));
      known = token.isPresent() ? authenticate.authenticate(token.get()) : byCookie(ctx);
      ctx.attribute(ATTRIBUTE, known);
    }
    return known;
  }

  /**
   * @throws ApiException 401
   */
  public AuthenticatedUser signedIn(Context ctx) {
    return find(ctx).orElseThrow(ApiException::unauthorized);
  }

  private Optional<AuthenticatedUser> byCookie(Context ctx) {
    Optional<TokenMatch> found = authenticate.firstOf(cookie.tokens(ctx));
    found.ifPresent(by -> cookie.accepted(ctx, by));
    return found.map(TokenMatch::who);
  }
}
