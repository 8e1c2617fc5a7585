package io.letschat.persistence.redis.account;

import io.letschat.application.account.Accounts;
import io.letschat.domain.account.Account;
import io.letschat.domain.account.AccountId;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.PasswordHash;
import io.letschat.domain.account.SessionId;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Accounts that are kept elsewhere; what changes in one is forgotten in its sessions in Redis. */
public final class CachedAccounts implements Accounts {
  private final Accounts kept;
  private final SessionCache cache;

  public CachedAccounts(Accounts kept, SessionCache cache) {
    this.kept = kept;
    this.cache = cache;
  }

  @Override
  public Addition add(
      EmailAddress email, Optional<Username> username, PasswordHash password, Instant now) {
    return kept.add(email, username, password, now);
  }

  @Override
  public Optional<Credentials> withEmail(EmailAddress email) {
    return kept.withEmail(email);
  }

  @Override
  public Optional<Account> find(AccountId id) {
    return kept.find(id);
  }

  @Override
  public Naming name(UserId user, Username username) {
    try {
      return kept.name(user, username);
    } finally {
      cache.forget(user);
    }
  }

  @Override
  public boolean rename(UserId user, Username username) {
    try {
      return kept.rename(user, username);
    } finally {
      cache.forget(user);
    }
  }

  @Override
  public Map<UserId, Username> names(Collection<UserId> users) {
    return kept.names(users);
  }

  @Override
  public void verify(AccountId account) {
    try {
      kept.verify(account);
    } finally {
      cache.forget(account);
    }
  }

  @Override
  public List<SessionId> changePassword(AccountId account, PasswordHash password) {
    try {
      return kept.changePassword(account, password);
    } finally {
      cache.forget(account);
    }
  }

  @Override
  public boolean rehash(AccountId account, PasswordHash old, PasswordHash fresh) {
    return kept.rehash(account, old, fresh);
  }
}
