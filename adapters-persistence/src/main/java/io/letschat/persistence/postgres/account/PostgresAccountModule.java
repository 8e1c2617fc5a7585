package io.letschat.persistence.postgres.account;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.OptionalBinder;
import io.letschat.application.account.Accounts;
import io.letschat.application.account.code.OneTimeCodes;
import io.letschat.application.account.session.Sessions;
import io.letschat.persistence.postgres.Database;
import io.letschat.persistence.redis.account.CachedAccounts;
import io.letschat.persistence.redis.account.CachedSessions;
import io.letschat.persistence.redis.account.SessionCache;
import java.util.Optional;

/**
 * Binds {@link Accounts}, {@link Sessions} and {@link OneTimeCodes}; needs a {@link Database}. Who
 * has a Redis gives the {@link OptionalBinder} of {@link SessionCache} a binding.
 */
public final class PostgresAccountModule extends AbstractModule {
  @Override
  protected void configure() {
    OptionalBinder.newOptionalBinder(binder(), SessionCache.class);
  }

  @Provides
  @Singleton
  Accounts accounts(Database database, Optional<SessionCache> cache) {
    var kept = new PostgresAccounts(database.handles());
    return cache.<Accounts>map(known -> new CachedAccounts(kept, known)).orElse(kept);
  }

  @Provides
  @Singleton
  Sessions sessions(Database database, Optional<SessionCache> cache) {
    var kept = new PostgresSessions(database.handles(), database.connectingHandles());
    return cache.<Sessions>map(known -> new CachedSessions(kept, known)).orElse(kept);
  }

  @Provides
  @Singleton
  OneTimeCodes oneTimeCodes(Database database) {
    return new PostgresOneTimeCodes(database.handles());
  }
}
