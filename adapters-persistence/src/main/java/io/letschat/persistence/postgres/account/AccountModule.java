package io.letschat.persistence.postgres.account;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.account.Accounts;
import io.letschat.application.account.OneTimeCodes;
import io.letschat.application.account.Sessions;
import io.letschat.persistence.postgres.Database;

/** Binds {@link Accounts}, {@link Sessions} and {@link OneTimeCodes}; needs a {@link Database}. */
public final class AccountModule extends AbstractModule {
  @Provides
  @Singleton
  Accounts accounts(Database database) {
    return new PostgresAccounts(database.jdbi());
  }

  @Provides
  @Singleton
  Sessions sessions(Database database) {
    return new PostgresSessions(database.jdbi());
  }

  @Provides
  @Singleton
  OneTimeCodes oneTimeCodes(Database database) {
    return new PostgresOneTimeCodes(database.jdbi());
  }
}
