package io.letschat.web.message;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.multibindings.Multibinder;
import io.letschat.application.message.ReadHistory;
import io.letschat.web.http.Limits;
import io.letschat.web.http.Routes;
import io.letschat.web.http.Visitors;

/** The history. */
public final class MessageModule extends AbstractModule {
  @Override
  protected void configure() {
    Multibinder<Routes> routes = Multibinder.newSetBinder(binder(), Routes.class);
    routes.addBinding().to(HistoryApi.class);
  }

  @Provides
  HistoryApi historyApi(ReadHistory readHistory, Visitors visitors, Limits limits) {
    return new HistoryApi(readHistory, visitors, limits);
  }
}
