package io.letschat.persistence.credential;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import io.letschat.application.account.session.SessionTokens;
import io.letschat.domain.account.Session;
import io.letschat.domain.account.SessionId;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;

/** Tokens signed with HMAC-SHA-256, as RFC 7519 has them; the session's id is the claim "sid". */
final class JwtSessionTokens implements SessionTokens {
  private static final String ISSUER = "letschat";
  private static final String AUDIENCE = "letschat";
  private static final String SESSION = "sid";

  /** Ours have about 250 characters; what is much longer is not worth decoding. */
  private static final int LONGEST = 1024;

  private final Algorithm algorithm;
  private final JWTVerifier verifier;
  private final InstantSource clock;

  JwtSessionTokens(String secret, InstantSource clock) {
    this.clock = clock;
    this.algorithm = Algorithm.HMAC256(secret);
    var verification =
        (JWTVerifier.BaseVerification)
            JWT.require(algorithm)
                .withIssuer(ISSUER)
                .withAudience(AUDIENCE)
                // Another node's clock may be a little ahead.
                .ignoreIssuedAt();
    this.verifier = verification.build(clock.withZone(ZoneOffset.UTC));
  }

  @Override
  public String issue(Session session) {
    return JWT.create()
        .withIssuer(ISSUER)
        .withAudience(AUDIENCE)
        .withClaim(SESSION, session.id().value())
        .withIssuedAt(session.signedInAt())
        .withExpiresAt(session.expiresAt())
        .sign(algorithm);
  }

  @Override
  public Optional<SessionId> read(String token) {
    if (token.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      DecodedJWT verified = verifier.verify(token);
      // The library lets a token live in the very second in which it expires, and one whose end is
      // null for ever.
      return Optional.ofNullable(verified.getExpiresAtAsInstant())
          .filter(end -> end.isAfter(clock.instant()))
          .flatMap(end -> Optional.ofNullable(verified.getClaim(SESSION).asString()))
          .map(SessionId::new);
    } catch (JWTVerificationException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
