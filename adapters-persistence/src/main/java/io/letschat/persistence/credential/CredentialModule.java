package io.letschat.persistence.credential;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.account.PasswordHasher;
import io.letschat.application.account.code.CodeHasher;
import io.letschat.application.account.session.SessionTokens;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * Binds {@link PasswordHasher}, {@link SessionTokens} and {@link CodeHasher}; needs an {@link
 * InstantSource} and a {@link SecureRandom}.
 */
public final class CredentialModule extends AbstractModule {
  private final String jwtSecret;
  private final String sessionSecret;

  public CredentialModule(String jwtSecret, String sessionSecret) {
    this.jwtSecret = jwtSecret;
    this.sessionSecret = sessionSecret;
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

  @Provides
  @Singleton
  CodeHasher codeHasher() {
    return new HmacCodeHasher(sessionSecret);
  }
}
