package io.letschat.web.metrics;

import io.letschat.protocol.BearerToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** What somebody from elsewhere shows to read the metrics: at least 16 visible ASCII characters. */
public record MetricsToken(String secret) {
  /**
   * @throws IllegalArgumentException with what a token is made of
   */
  public MetricsToken {
    if (!secret.matches("[!-~]{16,}")) {
      throw new IllegalArgumentException(
          "is at least 16 letters, digits and signs without spaces; openssl rand -hex 32 makes one.");
    }
  }

  /** Whether it stands in a header {@code Authorization}. */
  boolean isShownIn(@Nullable String authorization) {
    return BearerToken.of(authorization)
        .filter(shown ->
            MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8)))
        .isPresent();
  }

  @Override
  public String toString() {
    return "MetricsToken[hidden]";
  }
}
