package io.letschat.application.account;

import io.letschat.domain.account.PasswordHash;

/**
 * Slow on purpose (bcrypt, cost 10). Implementations bound how many run at once, so that sign-ins
 * never starve messages; a caller waits its turn.
 */
public interface PasswordHasher {
  /**
   * @param secret at most 72 bytes of UTF-8 without U+0000
   */
  PasswordHash hash(String secret);

  /**
   * Whether the secret is the one. Anything that is too long to be one is not; the answer takes as
   * long.
   */
  boolean matches(String secret, PasswordHash hash);
}
