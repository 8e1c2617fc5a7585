package io.letschat.testkit;

import io.letschat.application.account.PasswordHasher;
import io.letschat.domain.account.PasswordHash;

/** Hashes nothing and is fast: for tests only. */
public final class PlainPasswordHasher implements PasswordHasher {
  @Override
  public PasswordHash hash(String secret) {
    return new PasswordHash("plain:" + secret);
  }

  @Override
  public boolean matches(String secret, PasswordHash hash) {
    return hash.bcrypt().equals("plain:" + secret);
  }
}
