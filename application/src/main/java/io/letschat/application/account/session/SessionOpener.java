package io.letschat.application.account.session;

import io.letschat.domain.account.Account;
import io.letschat.domain.account.Device;
import io.letschat.domain.account.Session;
import io.letschat.domain.account.SessionId;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

/** Opens sessions, for the two ways to get one: signing up and signing in. */
public final class SessionOpener {
  private final Sessions sessions;
  private final SessionTokens tokens;
  private final RandomGenerator random;
  private final InstantSource clock;

  /**
   * @param random cryptographically strong
   */
  public SessionOpener(
      Sessions sessions, SessionTokens tokens, RandomGenerator random, InstantSource clock) {
    this.sessions = sessions;
    this.tokens = tokens;
    this.random = random;
    this.clock = clock;
  }

  public OpenedSession open(Account account, Device device) {
    // Whole seconds, as the token has them: the two must not disagree about when it is over.
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Session session = Session.opened(SessionId.random(random), account, device, now);
    sessions.open(session);
    return new OpenedSession(session, tokens.issue(session));
  }

  /** Ends a session that nobody has been told of. */
  public void takeBack(OpenedSession opened) {
    sessions.end(opened.session().id());
  }
}
