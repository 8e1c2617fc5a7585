package io.letschat.application.account.session;

import io.letschat.domain.account.Session;

/** A session just opened and the token that proves it. */
public record OpenedSession(Session session, String token) {
  @Override
  public String toString() {
    return "OpenedSession[" + session.id() + "]";
  }
}
