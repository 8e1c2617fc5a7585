package io.letschat.application.account;

import io.letschat.application.account.session.OpenedSession;
import io.letschat.application.account.session.SessionOpener;
import io.letschat.application.limit.FailedAttemptLimiter;
import io.letschat.application.limit.RateLimiter;
import io.letschat.domain.account.Account;
import io.letschat.domain.account.Device;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.PasswordHash;
import io.letschat.domain.limit.Limit;
import java.time.Duration;
import java.util.Optional;

/** Somebody signs in. A wrong address and a wrong password look the same, by answer and by time. */
public final class LogIn {
  /**
   * @param password as typed; it need not be one that could be chosen today
   * @param device where the request came from, for the limit and the list of sessions
   */
  public record Command(EmailAddress email, String password, Device device) {}

  public sealed interface Result {}

  public record LoggedIn(Account account, OpenedSession session) implements Result {}

  public record WrongCredentials() implements Result {}

  public record TooOften(Duration retryAfter) implements Result {}

  private final Accounts accounts;
  private final PasswordMatcher passwords;
  private final SessionOpener sessions;
  private final RateLimiter limiter;
  private final PasswordHash nobodysPassword;

  public LogIn(
      Accounts accounts, PasswordHasher passwords, SessionOpener sessions, RateLimiter limiter) {
    this.accounts = accounts;
    this.passwords = new PasswordMatcher(passwords);
    this.sessions = sessions;
    this.limiter = limiter;
    this.nobodysPassword = passwords.hash("the password of an account that is not there");
  }

  public Result logIn(Command command) {
    var failures =
        new FailedAttemptLimiter(
            limiter,
            Limit.LOGIN,
            "email:" + command.email().key(),
            "address:" + command.device().address());
    if (failures.tried() instanceof RateLimiter.Exceeded(var retryAfter)) {
      return new TooOften(retryAfter);
    }
    Optional<Accounts.Credentials> found = accounts.withEmail(command.email());
    PasswordHash hash = found.map(Accounts.Credentials::password).orElse(nobodysPassword);
    PasswordMatcher.Match match = passwords.match(command.password(), hash);
    if (!match.right() || found.isEmpty()) {
      return new WrongCredentials();
    }
    failures.succeeded();
    Account account = found.get().account();
    PasswordHash kept =
        match.fresh().filter(fresh -> accounts.rehash(account.id(), hash, fresh)).orElse(hash);
    OpenedSession session = sessions.open(account, command.device());
    if (!isStill(kept, command)) {
      // The password was changed meanwhile, which ended all sessions; this one may have come later.
      sessions.takeBack(session);
      return new WrongCredentials();
    }
    return new LoggedIn(account, session);
  }

  private boolean isStill(PasswordHash kept, Command command) {
    return accounts
        .withEmail(command.email())
        .map(Accounts.Credentials::password)
        // Somebody who signs in on another device may have had the same password hashed anew.
        .filter(now -> now.equals(kept) || passwords.match(command.password(), now).right())
        .isPresent();
  }
}
