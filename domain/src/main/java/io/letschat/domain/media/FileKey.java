package io.letschat.domain.media;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The name under which a file is stored: 128 random bits, so that nobody can guess another's. */
public record FileKey(String value) {
  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{32}");

  public FileKey {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("a file's key has 32 hexadecimal digits");
    }
  }

  public static FileKey random(RandomGenerator random) {
    byte[] bits = new byte[16];
    random.nextBytes(bits);
    return new FileKey(HexFormat.of().formatHex(bits));
  }
}
