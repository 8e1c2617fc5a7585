package io.letschat.application.account;

import io.letschat.application.account.code.CodeVerifier;
import io.letschat.application.account.session.SessionCloser;
import io.letschat.application.limit.RateLimiter;
import io.letschat.domain.account.Account;
import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.OneTimeCode;
import io.letschat.domain.account.Password;
import java.time.Duration;
import java.util.Optional;

/**
 * Somebody brings the mailed code and chooses another password. All sessions of the account end:
 * whoever else is in it, is out.
 */
public final class ResetPassword {
  /**
   * @param clientAddress where the request came from, for the limit
   */
  public record Command(
      EmailAddress email, OneTimeCode code, Password newPassword, String clientAddress) {}

  public sealed interface Result {}

  public record Changed() implements Result {}

  /** Wrong, expired, spent, tried too often, or of an address that has no account: all the same. */
  public record InvalidCode() implements Result {}

  public record TooOften(Duration retryAfter) implements Result {}

  private final Accounts accounts;
  private final CodeVerifier codes;
  private final PasswordHasher passwords;
  private final SessionCloser closer;

  public ResetPassword(
      Accounts accounts, CodeVerifier codes, PasswordHasher passwords, SessionCloser closer) {
    this.accounts = accounts;
    this.codes = codes;
    this.passwords = passwords;
    this.closer = closer;
  }

  public Result reset(Command command) {
    if (codes.tried(command.email(), command.clientAddress())
        instanceof RateLimiter.Exceeded(var retryAfter)) {
      return new TooOften(retryAfter);
    }
    Optional<Account> account =
        accounts.withEmail(command.email()).map(Accounts.Credentials::account);
    boolean right =
        codes.redeem(
            command.email(), account.map(Account::id), CodePurpose.RECOVERY, command.code());
    if (!right || account.isEmpty()) {
      return new InvalidCode();
    }
    var hash = passwords.hash(command.newPassword().secret());
    accounts.changePassword(account.get().id(), hash).forEach(closer::close);
    // The code came by mail: so the address is theirs.
    accounts.verify(account.get().id());
    return new Changed();
  }
}
