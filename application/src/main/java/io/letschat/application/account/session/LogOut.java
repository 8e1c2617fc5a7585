package io.letschat.application.account.session;

import io.letschat.application.delivery.cluster.SessionListener;

/**
 * Somebody signs out: the session is over on the server, and whatever is open in its name closes.
 */
public final class LogOut {
  private final Sessions sessions;
  private final SessionListener watch;

  public LogOut(Sessions sessions, SessionListener watch) {
    this.sessions = sessions;
    this.watch = watch;
  }

  public void logOut(AuthenticatedUser who) {
    sessions.end(who.session().id());
    watch.ended(who.session().id());
  }
}
