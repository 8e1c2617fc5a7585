package io.letschat.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.limit.LocalRateLimiter;
import io.letschat.application.limit.RateLimiter;
import io.letschat.application.presence.LocalPresence;
import io.letschat.application.presence.Presence;
import io.letschat.application.recovery.Bookmarks;
import io.letschat.application.recovery.LocalBookmarks;
import io.letschat.application.room.OtherNodes;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.limit.Rate;
import java.time.InstantSource;
import java.util.Map;

/** Without {@code REDIS_URL}: limits and presence are in the process, and there is nobody else. */
final class OneNode extends AbstractModule {
  private final Map<Limit, Rate> limits;

  OneNode(Map<Limit, Rate> limits) {
    this.limits = limits;
  }

  @Override
  protected void configure() {
    bind(OtherNodes.class).toInstance(OtherNodes.NONE);
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
  Bookmarks bookmarks(InstantSource clock) {
    return new LocalBookmarks(clock);
  }
}
