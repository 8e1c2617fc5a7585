package io.letschat.bootstrap.settings;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code JWT_SECRET} and {@code SESSION_SECRET}. In production nobody else thinks them up. */
final class SecretSettings {
  private static final String JWT = "JWT_SECRET";
  private static final String SESSION = "SESSION_SECRET";

  private final RawSettings rawSettings;

  SecretSettings(RawSettings rawSettings) {
    this.rawSettings = rawSettings;
    // Asked for now, so that they are known for settings before anything is refused.
    rawSettings.given(JWT);
    rawSettings.given(SESSION);
  }

  /** Refuses what is missing, and the samples. */
  void insist() {
    for (String name : List.of(JWT, SESSION)) {
      if (usable(name).isEmpty()) {
        rawSettings.refuse(
            name
                + (rawSettings.given(name).isEmpty()
                    ? " is missing"
                    : " is the sample value, which everybody knows")
                + ": in production set it to a long random string of your own, for example the output of"
                + " `openssl rand -base64 48`.");
      }
    }
  }

  /** Those that are given, and others where none are. */
  Secrets read(SecretKeeper others) throws IOException {
    return others.fillIn(usable(JWT), usable(SESSION));
  }

  /** A secret that is not one of the samples that stand in public. */
  private Optional<String> usable(String name) {
    return rawSettings
        .given(name)
        .filter(secret -> {
          String lower = secret.toLowerCase(Locale.ROOT);
          return !lower.startsWith("your-")
              && !lower.contains("change-this")
              && !lower.contains("changeme");
        });
  }
}
