package io.letschat.bootstrap.wiring;

import com.google.inject.AbstractModule;
import io.letschat.application.Scheduler;
import io.letschat.application.sentence.Sentences;
import io.letschat.bootstrap.settings.Settings;
import java.security.SecureRandom;
import java.time.InstantSource;

/** The use cases, from the ports that the adapters bind. */
public final class UseCasesModule extends AbstractModule {
  private final Settings settings;
  private final Scheduler scheduler;
  private final SecureRandom random;

  public UseCasesModule(Settings settings, Scheduler scheduler, SecureRandom random) {
    this.settings = settings;
    this.scheduler = scheduler;
    this.random = random;
  }

  @Override
  protected void configure() {
    bind(Scheduler.class).toInstance(scheduler);
    bind(SecureRandom.class).toInstance(random);
    bind(Sentences.class).toInstance(Sentences.english());
    bind(InstantSource.class).toInstance(InstantSource.system());
    install(new AccountUseCases(settings));
    install(new RoomUseCases());
    install(new MessageUseCases());
    install(new MediaUseCases(settings));
    install(new PresenceUseCases());
  }
}
