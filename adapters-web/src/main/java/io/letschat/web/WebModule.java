package io.letschat.web;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import io.letschat.application.account.code.CodeMail;
import io.letschat.application.account.session.Authenticate;
import io.letschat.application.account.session.SessionCookies;
import io.letschat.application.limit.RateLimiter;
import io.letschat.application.sentence.Sentences;
import io.letschat.web.account.AccountWebModule;
import io.letschat.web.files.Assets;
import io.letschat.web.health.HealthApi;
import io.letschat.web.health.ReadyCheck;
import io.letschat.web.health.Stopping;
import io.letschat.web.http.Routes;
import io.letschat.web.media.MediaWebModule;
import io.letschat.web.message.MessageWebModule;
import io.letschat.web.metrics.HttpMetrics;
import io.letschat.web.metrics.MetricsApi;
import io.letschat.web.metrics.MetricsText;
import io.letschat.web.page.Errors;
import io.letschat.web.page.PageRenderer;
import io.letschat.web.page.PageTemplates;
import io.letschat.web.room.RoomWebModule;
import io.letschat.web.security.RequestAuthenticator;
import io.letschat.web.security.RequestRateLimits;
import io.letschat.web.security.SessionCookie;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * The pages and the HTTP API. Needs the use cases, the {@link Sentences}, a {@link WebSettings},
 * {@link SessionCookies}, an {@link InstantSource}, a set of {@link ReadyCheck}s, {@link Stopping},
 * a {@link MeterRegistry} and its {@link MetricsText}; gives a {@link WebServer}.
 */
public final class WebModule extends AbstractModule {
  private final Optional<Path> sources;

  /** With the templates and files that came with the program. */
  public WebModule() {
    this(Optional.empty());
  }

  private WebModule(Optional<Path> sources) {
    this.sources = sources;
  }

  /**
   * With templates and files as they are saved, for development; needs a JDK.
   *
   * @param module the folder of this module's sources
   */
  public static WebModule reloading(Path module) {
    return new WebModule(Optional.of(module));
  }

  @Override
  protected void configure() {
    install(new AccountWebModule());
    install(new RoomWebModule());
    install(new MessageWebModule());
    install(new MediaWebModule());
    Multibinder<Routes> routes = Multibinder.newSetBinder(binder(), Routes.class);
    routes.addBinding().to(HealthApi.class);
    routes.addBinding().to(MetricsApi.class);
    routes.addBinding().to(Assets.class);
  }

  @Provides
  @Singleton
  Assets assets() {
    return sources
        .map(module -> Assets.reloading(module.resolve("src/main/resources")))
        .orElseGet(Assets::packaged);
  }

  @Provides
  @Singleton
  PageTemplates pageTemplates() {
    return sources
        .map(module ->
            PageTemplates.reloading(
                module.resolve("src/main/jte"), module.resolve("target/jte-reloaded")))
        .orElseGet(PageTemplates::precompiled);
  }

  @Provides
  @Singleton
  SessionCookie sessionCookie(SessionCookies cookies, InstantSource clock) {
    return new SessionCookie(cookies, clock);
  }

  @Provides
  @Singleton
  RequestAuthenticator requestAuthenticator(Authenticate authenticate, SessionCookie cookie) {
    return new RequestAuthenticator(authenticate, cookie);
  }

  @Provides
  @Singleton
  RequestRateLimits requestRateLimits(
      RateLimiter limiter, RequestAuthenticator requestAuthenticator) {
    return new RequestRateLimits(limiter, requestAuthenticator);
  }

  @Provides
  @Singleton
  PageRenderer pageRenderer(
      PageTemplates pageTemplates,
      Assets assets,
      RequestAuthenticator requestAuthenticator,
      CodeMail mail,
      WebSettings settings) {
    return new PageRenderer(
        pageTemplates, assets::folder, requestAuthenticator, mail, settings.addresses());
  }

  @Provides
  HealthApi healthApi(Set<ReadyCheck> checks, Stopping stopping) {
    return new HealthApi(checks, stopping);
  }

  @Provides
  MetricsApi metricsApi(MetricsText text, WebSettings settings) {
    return new MetricsApi(text, settings.metricsToken());
  }

  @Provides
  @Singleton
  WebServer webServer(
      WebSettings settings,
      Sentences sentences,
      PageRenderer pageRenderer,
      MeterRegistry registry,
      Set<Routes> routes) {
    return new WebServer(
        settings, sentences, new Errors(pageRenderer), new HttpMetrics(registry), routes);
  }
}
