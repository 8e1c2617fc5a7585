package io.letschat.domain.account;

import java.util.regex.Pattern;

/** What is kept of a one-time code: 32 bytes of HMAC-SHA256 (RFC 2104) in lower-case hex. */
public record CodeHash(String hex) {
  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");

  public CodeHash {
    if (!SHAPE.matcher(hex).matches()) {
      throw new IllegalArgumentException("not an HMAC-SHA256");
    }
  }

  @Override
  public String toString() {
    return "CodeHash[hidden]";
  }
}
