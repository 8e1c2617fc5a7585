package io.letschat.embeddedpostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * Passwords nobody has to know: made once, 256 random bits each, in files that only the owner
 * reads.
 */
final class GeneratedPasswords {
  private static final SecureRandom RANDOM = new SecureRandom();

  private GeneratedPasswords() {}

  static Optional<String> read(Path file) {
    try {
      return Files.exists(file)
          ? Optional.of(Files.readString(file).strip()).filter(line -> !line.isEmpty())
          : Optional.empty();
    } catch (IOException e) {
      throw DataFolder.failure("read " + file, file, e);
    }
  }

  static String fresh() {
    byte[] bits = new byte[32];
    RANDOM.nextBytes(bits);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

  static String write(Path file, String password) {
    try {
      DataFolder.writeSecret(file, password);
      return password;
    } catch (IOException e) {
      throw DataFolder.failure("write " + file, file, e);
    }
  }

  static String readOrMake(Path file) {
    return read(file).orElseGet(() -> write(file, fresh()));
  }
}
