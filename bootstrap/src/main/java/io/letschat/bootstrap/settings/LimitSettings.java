package io.letschat.bootstrap.settings;

import io.letschat.domain.limit.Limit;
import io.letschat.domain.limit.Rate;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** {@code RATE_LIMIT_…}. */
final class LimitSettings {
  private LimitSettings() {}

  /** A limit that is missing is off, which it cannot be in production. */
  static Map<Limit, Rate> read(RawSettings rawSettings, boolean production) {
    Map<Limit, Rate> limits = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      Optional<String> written = rawSettings.given(limit.setting());
      if (written.isEmpty()) {
        limits.put(limit, limit.defaultRate());
      } else if (written.get().equals("off") && production) {
        rawSettings.refuse(
            limit.setting()
                + ": a limit cannot be off in production; give a rate such as 1000/15m.");
      } else {
        rawSettings
            .read(limit.setting(), value -> Rate.parse(limit.setting(), value))
            .flatMap(rate -> rate)
            .ifPresent(rate -> limits.put(limit, rate));
      }
    }
    return limits;
  }
}
