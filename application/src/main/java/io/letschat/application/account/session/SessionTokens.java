package io.letschat.application.account.session;

import io.letschat.domain.account.Session;
import io.letschat.domain.account.SessionId;
import java.util.Optional;

/** What a person carries to prove a session: a signed JSON Web Token (RFC 7519). */
public interface SessionTokens {
  String issue(Session session);

  /**
   * The session that the token names, if it was signed by us for us and has not expired; whether it
   * is live says {@link Sessions}.
   */
  Optional<SessionId> read(String token);
}
