package io.letschat.application.account;

import io.letschat.domain.account.Session;
import io.letschat.domain.account.SessionId;
import java.time.Instant;
import java.util.Optional;

/** Who is signed in. Outlives a restart. */
public interface Sessions {
  void open(Session session);

  /** The session and its account as it is now, unless it was ended, has expired, or never was. */
  Optional<SignedIn> live(SessionId id, Instant now);

  /** Ends a session for good; without effect on one that is not there. */
  void end(SessionId id);

  /** Forgets what has expired before {@code now}. */
  void forgetExpired(Instant now);
}
