package io.letschat.persistence.credential;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.account.PasswordHasher;
import io.letschat.application.account.SessionTokens;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * Binds {@link PasswordHasher} and {@link SessionTokens}; needs an {@link InstantSource} and a
 * {@link SecureRandom}.
 */
public final class CredentialModule extends AbstractModule {
  private final String jwtSecret;

  public CredentialModule(String jwtSecret) {
    this.jwtSecret = jwtSecret;
  }

  @Provides
  @Singleton
  PasswordHasher passwordHasher(SecureRandom random) {
    return new BcryptHasher(random, Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
  }

  @Provides
  @Singleton
  SessionTokens sessionTokens(InstantSource clock) {
    return new JwtSessionTokens(jwtSecret, clock);
  }
}
