package io.letschat.persistence.postgres.message;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.OptionalBinder;
import io.letschat.application.Addresses;
import io.letschat.application.delivery.MessageLog;
import io.letschat.application.message.BasePathMessageLog;
import io.letschat.persistence.postgres.Database;

/**
 * Binds {@link MessageLog}; needs a {@link Database}, which finishes what is being appended when it
 * closes. Who wants to hear of commits gives the {@link OptionalBinder} of {@link CommitObserver} a
 * binding.
 */
public final class PostgresMessageModule extends AbstractModule {
  private final Addresses addresses;

  /**
   * @param addresses what the addresses of shared files look like outside
   */
  public PostgresMessageModule(Addresses addresses) {
    this.addresses = addresses;
  }

  @Override
  protected void configure() {
    OptionalBinder.newOptionalBinder(binder(), CommitObserver.class)
        .setDefault()
        .toInstance(CommitObserver.NONE);
  }

  @Provides
  @Singleton
  MessageLog messageLog(Database database, CommitObserver listener) {
    PostgresMessageLog log =
        new PostgresMessageLog(database.handles(), database.appendingHandles(), listener);
    database.beforeClosing(log::close);
    return BasePathMessageLog.over(log, addresses);
  }
}
