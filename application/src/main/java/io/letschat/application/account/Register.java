package io.letschat.application.account;

import io.letschat.application.account.session.OpenedSession;
import io.letschat.application.account.session.SessionOpener;
import io.letschat.application.limit.RateLimiter;
import io.letschat.domain.account.Account;
import io.letschat.domain.account.Device;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.Password;
import io.letschat.domain.account.Username;
import io.letschat.domain.limit.Limit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Somebody signs up, and is signed in at once. */
public final class Register {
  /**
   * @param device where the request came from, for the limit and the list of sessions
   */
  public record Command(
      EmailAddress email, Password password, Optional<Username> username, Device device) {}

  public sealed interface Result {}

  public record Registered(Account account, OpenedSession session) implements Result {}

  public record EmailTaken() implements Result {}

  public record UsernameTaken() implements Result {}

  public record TooOften(Duration retryAfter) implements Result {}

  private final Accounts accounts;
  private final PasswordHasher passwords;
  private final SessionOpener sessions;
  private final RateLimiter limiter;
  private final InstantSource clock;

  public Register(
      Accounts accounts,
      PasswordHasher passwords,
      SessionOpener sessions,
      RateLimiter limiter,
      InstantSource clock) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.sessions = sessions;
    this.limiter = limiter;
    this.clock = clock;
  }

  public Result register(Command command) {
    if (limiter.take(Limit.REGISTER, "address:" + command.device().address())
        instanceof RateLimiter.Exceeded(var retryAfter)) {
      return new TooOften(retryAfter);
    }
    var hash = passwords.hash(command.password().secret());
    return switch (accounts.add(command.email(), command.username(), hash, clock.instant())) {
      case Accounts.Added(var account) ->
          new Registered(account, sessions.open(account, command.device()));
      case Accounts.EmailTaken() -> new EmailTaken();
      case Accounts.NameTaken() -> new UsernameTaken();
    };
  }
}
