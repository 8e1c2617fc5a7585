package io.letschat.application.account;

import io.letschat.application.account.code.CodeIssuer;
import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.limit.RateLimiter;
import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.limit.Limit;
import java.time.Duration;

/** Somebody who is signed in wants the code that shows that the account's address is theirs. */
public final class RequestVerification {
  public sealed interface Result {}

  public record Sent() implements Result {}

  /** The mail is not out yet; it follows by itself, if it can be sent while the code is good. */
  public record Delayed() implements Result {}

  /** The mail was refused. */
  public record Failed() implements Result {}

  /** No mail is set up. */
  public record Unavailable() implements Result {}

  public record VerifiedBefore() implements Result {}

  public record TooOften(Duration retryAfter) implements Result {}

  private final CodeIssuer codes;
  private final RateLimiter limiter;

  public RequestVerification(CodeIssuer codes, RateLimiter limiter) {
    this.codes = codes;
    this.limiter = limiter;
  }

  /**
   * @param clientAddress where the request came from, for the limit
   */
  public Result request(AuthenticatedUser who, String clientAddress) {
    if (who.account().verified()) {
      return new VerifiedBefore();
    }
    if (!codes.isAvailable()) {
      return new Unavailable();
    }
    for (String key :
        new String[] {"address:" + clientAddress, "email:" + who.account().email().key()}) {
      if (limiter.take(Limit.OTP_REQUEST, key) instanceof RateLimiter.Exceeded(var retryAfter)) {
        return new TooOften(retryAfter);
      }
    }
    return switch (codes.send(who.account(), CodePurpose.VERIFICATION)) {
      case SENT -> new Sent();
      case DELAYED -> new Delayed();
      case REFUSED -> new Failed();
    };
  }
}
