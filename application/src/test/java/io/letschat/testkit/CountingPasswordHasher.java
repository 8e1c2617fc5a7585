package io.letschat.testkit;

import io.letschat.application.account.PasswordHasher;
import io.letschat.domain.account.PasswordHash;

/**
 * A {@link PlainPasswordHasher} that knows how often it compared: what takes the time in earnest.
 */
public final class CountingPasswordHasher implements PasswordHasher {
  private final PasswordHasher plain = new PlainPasswordHasher();
  private int compared;

  @Override
  public PasswordHash hash(String secret) {
    return plain.hash(secret);
  }

  @Override
  public boolean matches(String secret, PasswordHash hash) {
    compared++;
    return plain.matches(secret, hash);
  }

  /** How often since it was asked last. */
  public int compared() {
    int since = compared;
    compared = 0;
    return since;
  }
}
