package io.letschat.protocol;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The token of a header {@code Authorization: Bearer …} (RFC 6750, section 2.1). */
public final class BearerToken {
  private static final String SCHEME = "Bearer ";

  private BearerToken() {}

  /**
   * Empty where the header is absent or of another scheme.
   *
   * @param authorization the header's value
   */
  public static Optional<String> of(@Nullable String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(authorization.substring(SCHEME.length()).strip())
        : Optional.empty();
  }
}
