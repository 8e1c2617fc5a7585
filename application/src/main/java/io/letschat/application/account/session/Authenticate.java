package io.letschat.application.account.session;

import io.letschat.domain.account.Session;
import io.letschat.domain.account.SessionId;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who carries this token? */
public final class Authenticate {
  /** So many different sessions are looked up for one request, however many cookies it has. */
  static final int MOST_LOOKUPS = 8;

  private final SessionTokens tokens;
  private final Sessions sessions;
  private final InstantSource clock;

  public Authenticate(SessionTokens tokens, Sessions sessions, InstantSource clock) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.clock = clock;
  }

  /** Empty if the token is no good or its session is over. */
  public Optional<AuthenticatedUser> authenticate(String token) {
    return tokens.read(token).flatMap(id -> sessions.live(id, clock.instant()));
  }

  /** The token that is good, among others that are not. */
  public record TokenMatch(String token, AuthenticatedUser who) {
    @Override
    public String toString() {
      return "TokenMatch[" + who + "]";
    }
  }

  /** The first of these tokens that is good; for whoever sends several and knows of none whose. */
  public Optional<TokenMatch> firstOf(List<String> candidates) {
    Set<SessionId> known = new HashSet<>();
    for (String token : candidates) {
      Optional<SessionId> session = tokens.read(token).filter(known::add);
      if (session.isPresent()) {
        Optional<AuthenticatedUser> who = sessions.live(session.get(), clock.instant());
        if (who.isPresent()) {
          return Optional.of(new TokenMatch(token, who.get()));
        }
        if (known.size() == MOST_LOOKUPS) {
          break;
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the session of somebody who was let in before is still live; never from memory. */
  public boolean isLive(Session session) {
    return sessions.isLive(session.id(), clock.instant());
  }
}
