package io.letschat.application.account.session;

import io.letschat.application.delivery.cluster.ClusterBus;
import io.letschat.application.delivery.cluster.ClusterEvent;
import io.letschat.application.delivery.cluster.SessionListener;
import io.letschat.domain.account.SessionId;

/**
 * Closes what is open in the name of a session that was ended: here before it returns, on the other
 * nodes as soon as they hear of it.
 */
public final class SessionCloser {
  private final SessionListener sockets;
  private final ClusterBus others;

  /**
   * @param sockets those of this node
   */
  public SessionCloser(SessionListener sockets, ClusterBus others) {
    this.sockets = sockets;
    this.others = others;
  }

  /** To be called once it is written that the session has ended. */
  public void close(SessionId session) {
    sockets.ended(session);
    others.announce(new ClusterEvent.SessionEnded(session));
  }
}
