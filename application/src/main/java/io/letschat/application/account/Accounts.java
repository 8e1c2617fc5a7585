package io.letschat.application.account;

import io.letschat.application.StoreUnavailable;
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

/**
 * Everybody who has signed up. Addresses and usernames are unique by their keys, whatever happens
 * at the same time. Every method may throw {@link StoreUnavailable}.
 */
public interface Accounts {
  /** Adds an account and its user, or nothing. */
  Addition add(EmailAddress email, Optional<Username> username, PasswordHash password, Instant now);

  /** The account with this address, compared by {@link EmailAddress#key()}, and its password. */
  Optional<Credentials> withEmail(EmailAddress email);

  Optional<Account> find(AccountId id);

  /**
   * Gives a user that has no name yet this one. A name that looks like somebody else's ({@link
   * Username#looksLike}) is taken, here as in {@link #add} and {@link #rename}.
   */
  Naming name(UserId user, Username username);

  /**
   * Gives a user this name, in place of the one before; false if it is taken. Whoever has the name
   * already, by its key, may write it otherwise, whatever looks like it.
   */
  boolean rename(UserId user, Username username);

  /** What these users are called now; without those who have no name. */
  Map<UserId, Username> names(Collection<UserId> users);

  /** The account's address is known to be its owner's. */
  void verify(AccountId account);

  /**
   * Gives the account another password and ends all its sessions, both or neither.
   *
   * @return the sessions that were ended
   */
  List<SessionId> changePassword(AccountId account, PasswordHash password);

  /**
   * Keeps another hash of the same password. Sessions go on.
   *
   * @return false if the old hash is not the account's any more; then nothing was changed. A store
   *     may also leave it at the old hash always
   */
  default boolean rehash(AccountId account, PasswordHash old, PasswordHash fresh) {
    return false;
  }

  record Credentials(Account account, PasswordHash password) {}

  /** What became of an {@link #add}. */
  sealed interface Addition {}

  record Added(Account account) implements Addition {}

  record EmailTaken() implements Addition {}

  record NameTaken() implements Addition, Naming {}

  /** What became of a {@link #name}. */
  sealed interface Naming {}

  record Named(Username username) implements Naming {}

  /** The user has a name already: this one, which may or may not be the one that was asked for. */
  record NamedBefore(Username username) implements Naming {}
}
