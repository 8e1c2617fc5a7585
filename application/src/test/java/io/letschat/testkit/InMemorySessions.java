package io.letschat.testkit;

import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.account.session.Sessions;
import io.letschat.application.revocation.Revocation;
import io.letschat.domain.account.AccountId;
import io.letschat.domain.account.Session;
import io.letschat.domain.account.SessionId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** {@link Sessions} in memory. */
public final class InMemorySessions implements Sessions {
  private final InMemoryAccounts accounts;
  private final Map<SessionId, Session> sessions = new ConcurrentHashMap<>();

  public InMemorySessions(InMemoryAccounts accounts) {
    this.accounts = accounts;
    accounts.use(this);
  }

  @Override
  public void open(Session session) {
    sessions.put(session.id(), session);
  }

  @Override
  public Optional<AuthenticatedUser> live(SessionId id, Instant now) {
    return Optional.ofNullable(sessions.get(id))
        .filter(session -> session.isLive(now))
        .flatMap(session ->
            accounts
                .find(session.account())
                .map(account -> new AuthenticatedUser(session, account)));
  }

  @Override
  public Map<SessionId, AuthenticatedUser> liveAmong(Set<SessionId> ids, Instant now) {
    return ids.stream()
        .flatMap(id -> live(id, now).stream())
        .collect(Collectors.toMap(who -> who.session().id(), who -> who));
  }

  @Override
  public boolean isLive(SessionId id, Instant now) {
    return live(id, now).isPresent();
  }

  @Override
  public List<Session> of(AccountId account, Instant now) {
    return sessions.values().stream()
        .filter(session -> session.account().equals(account) && session.isLive(now))
        .sorted(Comparator.comparing(Session::signedInAt).reversed())
        .toList();
  }

  @Override
  public List<SessionId> endAll(AccountId account) {
    List<SessionId> ended =
        sessions.values().stream()
            .filter(session -> session.account().equals(account))
            .map(Session::id)
            .toList();
    ended.forEach(this::end);
    return ended;
  }

  @Override
  public void end(SessionId id) {
    if (sessions.remove(id) != null) {
      accounts.revocations().add(new Revocation.OfSession(id));
    }
  }

  @Override
  public void forgetExpired(Instant now) {
    sessions.values().removeIf(session -> !session.isLive(now));
  }
}
