package io.letschat.application.account.code;

import io.letschat.application.limit.RateLimiter;
import io.letschat.domain.account.AccountId;
import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.OneTimeCode;
import io.letschat.domain.limit.Limit;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Takes codes back. Tries are limited twice: by the limiter, per address and per client, and by the
 * code itself, whatever the limiter says.
 */
public final class CodeVerifier {
  private final OneTimeCodes codes;
  private final CodeHasher hasher;
  private final RateLimiter limiter;
  private final InstantSource clock;

  public CodeVerifier(
      OneTimeCodes codes, CodeHasher hasher, RateLimiter limiter, InstantSource clock) {
    this.codes = codes;
    this.hasher = hasher;
    this.limiter = limiter;
    this.clock = clock;
  }

  /** Counts a try before anything is looked up. */
  public RateLimiter.Verdict tried(EmailAddress email, String clientAddress) {
    RateLimiter.Verdict client = limiter.take(Limit.OTP_VERIFY, "address:" + clientAddress);
    return client instanceof RateLimiter.Allowed
        ? limiter.take(Limit.OTP_VERIFY, "email:" + email.key())
        : client;
  }

  public boolean redeem(
      EmailAddress email, Optional<AccountId> account, CodePurpose purpose, OneTimeCode code) {
    return codes.redeem(email, purpose, hasher.hash(account, purpose, code), clock.instant());
  }
}
