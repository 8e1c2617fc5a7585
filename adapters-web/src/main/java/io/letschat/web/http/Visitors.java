package io.letschat.web.http;

import io.javalin.http.Context;
import io.letschat.application.account.Authenticate;
import io.letschat.application.account.SignedIn;
import io.letschat.domain.account.Username;
import io.letschat.web.page.Viewer;
import java.util.Locale;
import java.util.Optional;

/** Who asks, by the Authorization header or the cookie; looked up once per request. */
public final class Visitors {
  private static final String ATTRIBUTE = Visitors.class.getName();
  private static final String BEARER = "bearer ";

  private final Authenticate authenticate;

  public Visitors(Authenticate authenticate) {
    this.authenticate = authenticate;
  }

  /** Empty for somebody who is not signed in. */
  public Optional<SignedIn> find(Context ctx) {
    Optional<SignedIn> known = ctx.attribute(ATTRIBUTE);
    if (known == null) {
      known = token(ctx).flatMap(authenticate::authenticate);
      ctx.attribute(ATTRIBUTE, known);
    }
    return known;
  }

  /**
   * @throws Refused 401
   */
  public SignedIn signedIn(Context ctx) {
    return find(ctx).orElseThrow(Refused::unauthorized);
  }

  /** As the pages show them. */
  public Optional<Viewer> viewer(Context ctx) {
    return find(ctx).map(Visitors::viewer);
  }

  public static Viewer viewer(SignedIn who) {
    var account = who.account();
    return new Viewer(
        account.user().value(), account.email().text(), account.username().map(Username::text));
  }

  private static Optional<String> token(Context ctx) {
    String header = ctx.header("Authorization");
    if (header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return Optional.of(header.substring(BEARER.length()).strip());
    }
    return Optional.ofNullable(ctx.cookie(SessionCookie.NAME)).filter(token -> !token.isEmpty());
  }
}
