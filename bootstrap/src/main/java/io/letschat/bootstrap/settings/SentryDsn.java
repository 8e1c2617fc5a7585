package io.letschat.bootstrap.settings;

import java.net.URI;

/**
 * Where errors are reported, such as {@code https://key@o1.ingest.example.org/42}.
 *
 * @param uri its key lets anybody who has it send reports, so it is not shown
 */
public record SentryDsn(URI uri) {
  /**
   * @throws IllegalArgumentException with what it looks like
   */
  public static SentryDsn parse(String written) {
    try {
      URI uri = URI.create(written);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      String key = uri.getRawUserInfo();
      if (web
          && uri.getHost() != null
          && key != null
          && key.matches("[0-9A-Za-z]+(:[0-9A-Za-z]*)?")
          && uri.getPath().matches("(/[^/]+)*/[0-9]+")
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return new SentryDsn(uri);
      }
    } catch (IllegalArgumentException notAUri) {
      // Told below.
    }
    throw new IllegalArgumentException(
        "is what Sentry shows as the DSN of a project, such as https://key@sentry.example.org/42.");
  }

  @Override
  public String toString() {
    return "SentryDsn[hidden]";
  }
}
