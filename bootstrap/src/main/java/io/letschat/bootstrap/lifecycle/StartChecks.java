package io.letschat.bootstrap.lifecycle;

import io.letschat.bootstrap.settings.DataDir;
import io.letschat.bootstrap.settings.Settings;
import io.letschat.bootstrap.settings.SettingsRefused;
import io.letschat.persistence.redis.Redis;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What is looked at before anything is made or opened, since it takes no time. */
public final class StartChecks {
  private StartChecks() {}

  /**
   * @throws SettingsRefused with what is wrong and what to do
   */
  public static void run(Settings settings) throws SettingsRefused {
    DataDir.check(settings.dataDir());
    ListeningPort.check(settings.bind());
    if (settings.redis().isPresent()) {
      checkRedis(settings.redis().get());
    }
  }

  /** One that is away may come back; one that does not let us in will not. */
  private static void checkRedis(URI address) throws SettingsRefused {
    try (Redis redis = Redis.open(address, "start-check")) {
      Optional<String> refusal = redis.refusal();
      if (refusal.isPresent()) {
        throw new SettingsRefused(
            List.of(
                "REDIS_URL: Redis does not let LetsChat in ("
                    + refusal.get()
                    + "); user, password and database are written as"
                    + " redis://user:password@host:6379/0."));
      }
    }
  }
}
