package io.letschat.application.account;

import io.letschat.domain.account.Session;
import java.time.InstantSource;
import java.util.Optional;

/** Who carries this token? */
public final class Authenticate {
  private final SessionTokens tokens;
  private final Sessions sessions;
  private final InstantSource clock;

  public Authenticate(SessionTokens tokens, Sessions sessions, InstantSource clock) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.clock = clock;
  }

  /** Empty if the token is no good or its session is over. */
  public Optional<SignedIn> authenticate(String token) {
    return tokens.read(token).flatMap(id -> sessions.live(id, clock.instant()));
  }

  /** Whether the session of somebody who was let in before is still live; never from memory. */
  public boolean isLive(Session session) {
    return sessions.isLive(session.id(), clock.instant());
  }
}
