package io.letschat.application.account.code;

import io.letschat.application.StoreUnavailable;
import io.letschat.domain.account.CodeHash;
import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.EmailAddress;
import java.time.Instant;

/**
 * The codes that were given out: one live code per address and purpose. Addresses that have no
 * account have codes as well, which nobody gets to know: so nothing that is done with a code, and
 * no time that it takes, tells whether there is an account.
 *
 * <p>Every method may throw {@link StoreUnavailable}.
 */
public interface OneTimeCodes {
  /** Keeps a code, in place of the one that was there. */
  void keep(EmailAddress email, CodePurpose purpose, CodeHash code, Instant expiresAt);

  /**
   * Whether this is the live code; then it is spent. If it is not, the try counts, in one step with
   * the comparison: after {@link io.letschat.domain.account.OneTimeCode#TRIES} wrong tries, however
   * many come at once and on however many nodes, the right code is no good any more.
   */
  boolean redeem(EmailAddress email, CodePurpose purpose, CodeHash code, Instant now);

  /** Forgets what has expired before {@code now}. */
  void forgetExpired(Instant now);
}
