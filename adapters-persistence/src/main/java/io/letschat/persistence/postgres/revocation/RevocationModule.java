package io.letschat.persistence.postgres.revocation;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.revocation.Revocations;
import io.letschat.persistence.postgres.Database;

/** Binds {@link Revocations}; needs a {@link Database}. */
public final class RevocationModule extends AbstractModule {
  /** Read by the connections of those who append: a crowd that reads must not hold it up. */
  @Provides
  @Singleton
  Revocations revocations(Database database) {
    return new PostgresRevocations(database.appendingHandles());
  }
}
