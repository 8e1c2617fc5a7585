package io.letschat.persistence;

import com.google.inject.AbstractModule;
import io.letschat.application.Addresses;
import io.letschat.persistence.credential.CredentialModule;
import io.letschat.persistence.postgres.Database;
import io.letschat.persistence.postgres.account.PostgresAccountModule;
import io.letschat.persistence.postgres.media.PostgresMediaModule;
import io.letschat.persistence.postgres.message.PostgresMessageModule;
import io.letschat.persistence.postgres.revocation.RevocationModule;
import io.letschat.persistence.postgres.room.PostgresRoomModule;

/**
 * Everything that is kept, bound to the ports of the application: {@code Accounts}, {@code
 * Sessions}, {@code OneTimeCodes}, {@code Rooms}, {@code Memberships}, {@code MessageLog}, {@code
 * Uploads}, {@code Revocations}, {@code PasswordHasher}, {@code SessionTokens} and {@code
 * CodeHasher}. Needs an {@link java.time.InstantSource} and a {@link java.security.SecureRandom}.
 * Whoever opened the database closes it, after everybody else.
 */
public final class PersistenceModule extends AbstractModule {
  private final Database database;
  private final String jwtSecret;
  private final String sessionSecret;
  private final Addresses addresses;

  /**
   * @param database migrated
   * @param jwtSecret the key that signs the tokens of sessions
   * @param sessionSecret the key of the hashes of one-time codes
   * @param addresses what the addresses of shared files look like outside
   */
  public PersistenceModule(
      Database database, String jwtSecret, String sessionSecret, Addresses addresses) {
    this.database = database;
    this.jwtSecret = jwtSecret;
    this.sessionSecret = sessionSecret;
    this.addresses = addresses;
  }

  @Override
  protected void configure() {
    bind(Database.class).toInstance(database);
    install(new PostgresAccountModule());
    install(new PostgresRoomModule());
    install(new PostgresMessageModule(addresses));
    install(new PostgresMediaModule());
    install(new RevocationModule());
    install(new CredentialModule(jwtSecret, sessionSecret));
  }
}
