package io.letschat.application.account.session;

import io.letschat.domain.account.Session;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Where somebody is signed in, and how to end that: one of the sessions, or all of them. */
public final class MySessions {
  private final Sessions sessions;
  private final SessionCloser closer;
  private final InstantSource clock;

  public MySessions(Sessions sessions, SessionCloser closer, InstantSource clock) {
    this.sessions = sessions;
    this.closer = closer;
    this.clock = clock;
  }

  /** The live ones, the latest first. */
  public List<Session> of(AuthenticatedUser who) {
    return sessions.of(who.account().id(), clock.instant());
  }

  /**
   * Ends one of one's own sessions and closes what is open in its name; false if there is none.
   *
   * @param handle {@link io.letschat.domain.account.SessionId#handle()}
   */
  public boolean revoke(AuthenticatedUser who, String handle) {
    Optional<Session> session =
        of(who).stream().filter(own -> own.id().handle().equals(handle)).findFirst();
    session.ifPresent(own -> {
      sessions.end(own.id());
      closer.close(own.id());
    });
    return session.isPresent();
  }

  /** Signs out everywhere, here too. */
  public void revokeAll(AuthenticatedUser who) {
    sessions.endAll(who.account().id()).forEach(closer::close);
  }
}
