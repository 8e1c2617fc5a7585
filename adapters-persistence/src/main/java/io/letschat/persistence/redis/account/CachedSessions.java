package io.letschat.persistence.redis.account;

import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.account.session.Sessions;
import io.letschat.domain.account.AccountId;
import io.letschat.domain.account.Session;
import io.letschat.domain.account.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sessions that are kept elsewhere, with Redis asked first. */
public final class CachedSessions implements Sessions {
  private final Sessions kept;
  private final SessionCache cache;

  public CachedSessions(Sessions kept, SessionCache cache) {
    this.kept = kept;
    this.cache = cache;
  }

  @Override
  public void open(Session session) {
    kept.open(session);
  }

  @Override
  public Optional<AuthenticatedUser> live(SessionId id, Instant now) {
    return switch (cache.look(id)) {
      case SessionCache.Remembered(var who) -> Optional.of(who).filter(it -> isLive(it, now));
      case SessionCache.Free(var lease) -> {
        Optional<AuthenticatedUser> who = kept.live(id, now);
        who.ifPresent(it -> cache.remember(it, lease, now));
        yield who;
      }
      case SessionCache.Unknown() -> kept.live(id, now);
    };
  }

  private static boolean isLive(AuthenticatedUser who, Instant now) {
    return who.session().isLive(now);
  }

  @Override
  public Map<SessionId, AuthenticatedUser> liveAmong(Set<SessionId> ids, Instant now) {
    return kept.liveAmong(ids, now);
  }

  @Override
  public boolean isLive(SessionId id, Instant now) {
    return kept.isLive(id, now);
  }

  @Override
  public List<Session> of(AccountId account, Instant now) {
    return kept.of(account, now);
  }

  @Override
  public void end(SessionId id) {
    try {
      kept.end(id);
    } finally {
      // Also when it is not known whether it was ended: the database will say.
      cache.forget(id);
    }
  }

  @Override
  public List<SessionId> endAll(AccountId account) {
    try {
      return kept.endAll(account);
    } finally {
      cache.forget(account);
    }
  }

  @Override
  public void forgetExpired(Instant now) {
    kept.forgetExpired(now);
  }
}
