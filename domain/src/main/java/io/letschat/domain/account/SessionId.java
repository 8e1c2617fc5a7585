package io.letschat.domain.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Names a session: 144 random bits as 24 characters of base64url. */
public record SessionId(String value) {
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{24}");

  public SessionId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("not a session id");
    }
  }

  public static SessionId random(RandomGenerator random) {
    byte[] bits = new byte[18];
    random.nextBytes(bits);
    return new SessionId(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
  }

  /** A name for it that may be shown to its owner: the id itself cannot be told from it. */
  public String handle() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 12));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    // Whoever has the key that signs tokens could make one from it: keep it out of logs.
    return "SessionId[" + value.substring(0, 4) + "…]";
  }
}
