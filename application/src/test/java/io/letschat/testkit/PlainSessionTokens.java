package io.letschat.testkit;

import io.letschat.application.account.session.SessionTokens;
import io.letschat.domain.account.Session;
import io.letschat.domain.account.SessionId;
import java.util.Optional;

/** Signs nothing: for tests only. */
public final class PlainSessionTokens implements SessionTokens {
  private static final String MARK = "token-of-";

  @Override
  public String issue(Session session) {
    return MARK + session.id().value();
  }

  @Override
  public Optional<SessionId> read(String token) {
    try {
      return token.startsWith(MARK)
          ? Optional.of(new SessionId(token.substring(MARK.length())))
          : Optional.empty();
    } catch (IllegalArgumentException noSessionId) {
      return Optional.empty();
    }
  }
}
