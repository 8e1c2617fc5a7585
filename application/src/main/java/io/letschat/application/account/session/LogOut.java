package io.letschat.application.account.session;

/**
 * Somebody signs out: the session is over on the server, and whatever is open in its name closes.
 */
public final class LogOut {
  private final Sessions sessions;
  private final SessionCloser closer;

  public LogOut(Sessions sessions, SessionCloser closer) {
    this.sessions = sessions;
    this.closer = closer;
  }

  public void logOut(AuthenticatedUser who) {
    sessions.end(who.session().id());
    closer.close(who.session().id());
  }
}
