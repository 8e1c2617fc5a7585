package io.letschat.testkit;

import io.letschat.application.account.Accounts;
import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.domain.account.Account;
import io.letschat.domain.account.AccountId;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.PasswordHash;
import io.letschat.domain.account.SessionId;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** {@link Accounts} in memory. */
public final class InMemoryAccounts implements Accounts {
  private final Map<AccountId, Credentials> accounts = new LinkedHashMap<>();
  private Function<AccountId, List<SessionId>> endSessions = account -> List.of();
  private final InMemoryRevocations revocations = new InMemoryRevocations();
  private BiFunction<SessionId, Instant, Optional<AuthenticatedUser>> live =
      (session, now) -> Optional.empty();

  @Override
  public synchronized Addition add(
      EmailAddress email, Optional<Username> username, PasswordHash password, Instant now) {
    if (withEmail(email).isPresent()) {
      return new EmailTaken();
    }
    if (username.isPresent() && isTaken(username.get(), Optional.empty())) {
      return new NameTaken();
    }
    // Different numbers, so that no test confuses the one with the other and passes.
    var id = new AccountId(accounts.size() + 1L);
    var account = new Account(id, new UserId(id.value() + 1000), email, username, false);
    accounts.put(id, new Credentials(account, password));
    return new Added(account);
  }

  @Override
  public synchronized Optional<Credentials> withEmail(EmailAddress email) {
    return accounts.values().stream()
        .filter(known -> known.account().email().key().equals(email.key()))
        .findFirst();
  }

  @Override
  public synchronized Optional<Account> find(AccountId id) {
    return Optional.ofNullable(accounts.get(id)).map(Credentials::account);
  }

  @Override
  public synchronized Naming name(UserId user, Username username) {
    Credentials known = ofUser(user).orElseThrow();
    Account account = known.account();
    if (account.username().isPresent()) {
      return new NamedBefore(account.username().get());
    }
    if (isTaken(username, Optional.empty())) {
      return new NameTaken();
    }
    put(named(account, username), known.password());
    return new Named(username);
  }

  @Override
  public synchronized boolean rename(UserId user, Username username) {
    Credentials known = ofUser(user).orElseThrow();
    boolean own =
        known.account().username().filter(name -> name.key().equals(username.key())).isPresent();
    if (!own && isTaken(username, Optional.of(user))) {
      return false;
    }
    put(named(known.account(), username), known.password());
    return true;
  }

  @Override
  public synchronized Map<UserId, Username> names(Collection<UserId> users) {
    Map<UserId, Username> names = new HashMap<>();
    users.forEach(user -> nameOf(user).ifPresent(name -> names.put(user, name)));
    return names;
  }

  @Override
  public synchronized void verify(AccountId id) {
    Credentials known = known(id);
    Account a = known.account();
    put(new Account(a.id(), a.user(), a.email(), a.username(), true), known.password());
  }

  @Override
  public synchronized List<SessionId> changePassword(AccountId id, PasswordHash password) {
    put(known(id).account(), password);
    return endSessions.apply(id);
  }

  /** Where ends of sessions and memberships are written down. */
  public InMemoryRevocations revocations() {
    return revocations;
  }

  boolean isSignedIn(UserId user, SessionId session, Instant now) {
    return live.apply(session, now).filter(who -> who.user().equals(user)).isPresent();
  }

  @Override
  public synchronized boolean rehash(AccountId id, PasswordHash old, PasswordHash fresh) {
    if (!known(id).password().equals(old)) {
      return false;
    }
    put(known(id).account(), fresh);
    return true;
  }

  /** Where the sessions are that another password ends. */
  void use(InMemorySessions sessions) {
    endSessions = sessions::endAll;
    live = sessions::live;
  }

  private Credentials known(AccountId id) {
    return Optional.ofNullable(accounts.get(id)).orElseThrow();
  }

  private void put(Account account, PasswordHash password) {
    accounts.put(account.id(), new Credentials(account, password));
  }

  private static Account named(Account a, Username username) {
    return new Account(a.id(), a.user(), a.email(), Optional.of(username), a.verified());
  }

  /** The name that the user has now. */
  synchronized Optional<Username> nameOf(UserId user) {
    return ofUser(user).flatMap(known -> known.account().username());
  }

  private Optional<Credentials> ofUser(UserId user) {
    return accounts.values().stream()
        .filter(known -> known.account().user().equals(user))
        .findFirst();
  }

  private boolean isTaken(Username username, Optional<UserId> byOtherThan) {
    return accounts.values().stream()
        .filter(known -> !byOtherThan.equals(Optional.of(known.account().user())))
        .flatMap(known -> known.account().username().stream())
        .anyMatch(name -> name.key().equals(username.key()) || name.looksLike(username));
  }
}
