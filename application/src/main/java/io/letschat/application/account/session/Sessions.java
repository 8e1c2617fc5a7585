package io.letschat.application.account.session;

import io.letschat.application.StoreUnavailable;
import io.letschat.domain.account.AccountId;
import io.letschat.domain.account.Session;
import io.letschat.domain.account.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who is signed in. Outlives a restart. Every method may throw {@link StoreUnavailable}. */
public interface Sessions {
  void open(Session session);

  /**
   * The session and its account as it is now, unless it was ended, has expired, or never was. May
   * be answered from a memory that is told of every change; only where that cannot be reached just
   * then, it may know no better for some seconds.
   */
  Optional<AuthenticatedUser> live(SessionId id, Instant now);

  /**
   * Those of the sessions that are live, each with its account: by one question, asked where
   * sessions are kept, for those who are let in for long by the answer.
   */
  Map<SessionId, AuthenticatedUser> liveAmong(Set<SessionId> ids, Instant now);

  /** Whether one is, asked where sessions are kept. */
  boolean isLive(SessionId id, Instant now);

  /** The account's sessions that are live, the latest first. */
  List<Session> of(AccountId account, Instant now);

  /** Ends a session for good; without effect on one that is not there. */
  void end(SessionId id);

  /**
   * Ends all sessions of the account.
   *
   * @return those that were ended
   */
  List<SessionId> endAll(AccountId account);

  /** Forgets what has expired before {@code now}. */
  void forgetExpired(Instant now);
}
