package io.letschat.bootstrap;

import com.google.inject.AbstractModule;
import io.letschat.application.Scheduler;
import java.security.SecureRandom;
import java.time.InstantSource;

/** The use cases, from the ports that the adapters bind. */
final class ApplicationModule extends AbstractModule {
  private final Settings settings;
  private final Scheduler scheduler;
  private final SecureRandom random;

  ApplicationModule(Settings settings, Scheduler scheduler, SecureRandom random) {
    this.settings = settings;
    this.scheduler = scheduler;
    this.random = random;
  }

  @Override
  protected void configure() {
    bind(Scheduler.class).toInstance(scheduler);
    bind(SecureRandom.class).toInstance(random);
    bind(InstantSource.class).toInstance(InstantSource.system());
    install(new AccountModule(settings));
    install(new RoomModule());
    install(new MessageModule());
    install(new MediaModule(settings));
    install(new PresenceModule());
  }
}
