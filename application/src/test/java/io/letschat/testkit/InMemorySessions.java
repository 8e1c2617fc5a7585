package io.letschat.testkit;

import io.letschat.application.account.Accounts;
import io.letschat.application.account.Sessions;
import io.letschat.application.account.SignedIn;
import io.letschat.domain.account.Session;
import io.letschat.domain.account.SessionId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** {@link Sessions} in memory. */
public final class InMemorySessions implements Sessions {
  private final Accounts accounts;
  private final Map<SessionId, Session> sessions = new ConcurrentHashMap<>();

  public InMemorySessions(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public void open(Session session) {
    sessions.put(session.id(), session);
  }

  @Override
  public Optional<SignedIn> live(SessionId id, Instant now) {
    return Optional.ofNullable(sessions.get(id))
        .filter(session -> session.isLive(now))
        .flatMap(session ->
            accounts.find(session.account()).map(account -> new SignedIn(session, account)));
  }

  @Override
  public void end(SessionId id) {
    sessions.remove(id);
  }

  @Override
  public void forgetExpired(Instant now) {
    sessions.values().removeIf(session -> !session.isLive(now));
  }
}
