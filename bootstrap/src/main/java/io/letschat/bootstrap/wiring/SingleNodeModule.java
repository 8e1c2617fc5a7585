package io.letschat.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.delivery.cluster.ClusterBus;
import io.letschat.application.limit.LocalRateLimiter;
import io.letschat.application.limit.RateLimiter;
import io.letschat.application.presence.LocalPresence;
import io.letschat.application.presence.Presence;
import io.letschat.application.recovery.LocalRecoveryStateStore;
import io.letschat.application.recovery.RecoveryStateStore;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.limit.Rate;
import java.time.InstantSource;
import java.util.Map;

/** Without {@code REDIS_URL}: limits and presence are in the process, and there is nobody else. */
public final class SingleNodeModule extends AbstractModule {
  private final Map<Limit, Rate> limits;

  public SingleNodeModule(Map<Limit, Rate> limits) {
    this.limits = limits;
  }

  @Override
  protected void configure() {
    bind(ClusterBus.class).toInstance(ClusterBus.NONE);
  }

  @Provides
  @Singleton
  RateLimiter rateLimiter(InstantSource clock) {
    return new LocalRateLimiter(limits, clock);
  }

  @Provides
  @Singleton
  Presence presence() {
    return new LocalPresence();
  }

  @Provides
  @Singleton
  RecoveryStateStore recoveryStateStore(InstantSource clock) {
    return new LocalRecoveryStateStore(clock);
  }
}
