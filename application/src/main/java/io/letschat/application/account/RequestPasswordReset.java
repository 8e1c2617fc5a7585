package io.letschat.application.account;

import io.letschat.application.Scheduler;
import io.letschat.application.account.code.CodeIssuer;
import io.letschat.application.limit.RateLimiter;
import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.limit.Limit;
import java.time.Duration;

/**
 * Somebody has forgotten the password and wants a code by mail. Whether there is such an account is
 * looked up only after the answer, so neither the answer nor its time can tell.
 */
public final class RequestPasswordReset {
  /**
   * @param clientAddress where the request came from, for the limit
   */
  public record Command(EmailAddress email, String clientAddress) {}

  public sealed interface Result {}

  /** If there is an account, a mail is on its way to it; or there were too many already. */
  public record Accepted() implements Result {}

  /** No mail is set up. */
  public record Unavailable() implements Result {}

  /** Too often from this client; that of one address is not told. */
  public record TooOften(Duration retryAfter) implements Result {}

  private final Accounts accounts;
  private final CodeIssuer codes;
  private final RateLimiter limiter;
  private final Scheduler scheduler;

  public RequestPasswordReset(
      Accounts accounts, CodeIssuer codes, RateLimiter limiter, Scheduler scheduler) {
    this.accounts = accounts;
    this.codes = codes;
    this.limiter = limiter;
    this.scheduler = scheduler;
  }

  public Result request(Command command) {
    if (!codes.isAvailable()) {
      return new Unavailable();
    }
    if (limiter.take(Limit.FORGOT_PASSWORD, "address:" + command.clientAddress())
        instanceof RateLimiter.Exceeded(var retryAfter)) {
      return new TooOften(retryAfter);
    }
    if (limiter.take(Limit.FORGOT_PASSWORD, "email:" + command.email().key())
        instanceof RateLimiter.Allowed) {
      scheduler.after(Duration.ZERO, () -> send(command.email()));
    }
    return new Accepted();
  }

  private void send(EmailAddress email) {
    accounts
        .withEmail(email)
        .map(Accounts.Credentials::account)
        .ifPresentOrElse(
            account -> codes.send(account, CodePurpose.RECOVERY),
            () -> codes.pretend(email, CodePurpose.RECOVERY));
  }
}
