package io.letschat.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What the gateway shows with every request, so that nobody else who can reach the pages' port is
 * taken for it. Made anew at each start and never logged.
 */
public record GatewaySecret(String value) {
  private static final int BYTES = 32;

  public static GatewaySecret random(SecureRandom random) {
    byte[] bits = new byte[BYTES];
    random.nextBytes(bits);
    return new GatewaySecret(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
  }

  /** Whether a request shows it; takes the same time whatever it shows. */
  public boolean isShownIn(HeaderLookup headers) {
    String shown = headers.get(GatewayHeaders.SECRET);
    return shown != null
        && MessageDigest.isEqual(
            shown.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "GatewaySecret[hidden]";
  }
}
