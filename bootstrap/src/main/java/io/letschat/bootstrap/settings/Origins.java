package io.letschat.bootstrap.settings;

import io.letschat.protocol.WebOrigin;
import java.util.LinkedHashSet;
import java.util.Set;

/** {@code CORS_ORIGIN}: a comma list of origins beside our own. */
final class Origins {
  private Origins() {}

  /**
   * @throws IllegalArgumentException with what is accepted
   */
  static Set<String> parse(String value) {
    Set<String> origins = new LinkedHashSet<>();
    for (String part : value.split(",")) {
      if (!part.isBlank()) {
        origins.add(origin(part.strip()));
      }
    }
    return origins;
  }

  private static String origin(String written) {
    return WebOrigin.parse(written)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "is a comma list of origins such as https://chat.example.org or http://localhost:3000; a * is not accepted."));
  }
}
