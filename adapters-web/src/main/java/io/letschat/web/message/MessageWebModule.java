package io.letschat.web.message;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.multibindings.Multibinder;
import io.letschat.application.message.ReadHistory;
import io.letschat.web.http.Routes;
import io.letschat.web.security.RequestAuthenticator;
import io.letschat.web.security.RequestRateLimits;

/** The history. */
public final class MessageWebModule extends AbstractModule {
  @Override
  protected void configure() {
    Multibinder<Routes> routes = Multibinder.newSetBinder(binder(), Routes.class);
    routes.addBinding().to(HistoryApi.class);
  }

  @Provides
  HistoryApi historyApi(
      ReadHistory readHistory,
      RequestAuthenticator requestAuthenticator,
      RequestRateLimits requestRateLimits) {
    return new HistoryApi(readHistory, requestAuthenticator, requestRateLimits);
  }
}
