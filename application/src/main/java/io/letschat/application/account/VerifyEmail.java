package io.letschat.application.account;

import io.letschat.application.account.code.CodeVerifier;
import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.limit.RateLimiter;
import io.letschat.domain.account.Account;
import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.OneTimeCode;
import java.time.Duration;
import java.util.Optional;

/** Somebody who is signed in brings the mailed code: the account's address is theirs. */
public final class VerifyEmail {
  public sealed interface Result {}

  public record Verified() implements Result {}

  public record InvalidCode() implements Result {}

  public record TooOften(Duration retryAfter) implements Result {}

  private final Accounts accounts;
  private final CodeVerifier codes;

  public VerifyEmail(Accounts accounts, CodeVerifier codes) {
    this.accounts = accounts;
    this.codes = codes;
  }

  /**
   * @param clientAddress where the request came from, for the limit
   */
  public Result verify(AuthenticatedUser who, OneTimeCode code, String clientAddress) {
    Account account = who.account();
    if (account.verified()) {
      return new Verified();
    }
    if (codes.tried(account.email(), clientAddress)
        instanceof RateLimiter.Exceeded(var retryAfter)) {
      return new TooOften(retryAfter);
    }
    boolean right =
        codes.redeem(account.email(), Optional.of(account.id()), CodePurpose.VERIFICATION, code);
    if (!right) {
      return new InvalidCode();
    }
    accounts.verify(account.id());
    return new Verified();
  }
}
