package io.letschat.application.delivery.cluster;

import io.letschat.domain.account.SessionId;

/**
 * Whoever holds something open in the name of a session, such as a socket, and has to let go when
 * it ends.
 */
public interface SessionListener {
  /** Called after the session was ended. Does not block for long and does not throw. */
  void ended(SessionId session);
}
