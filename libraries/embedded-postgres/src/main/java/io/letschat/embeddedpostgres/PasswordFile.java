package io.letschat.embeddedpostgres;

import io.letschat.embeddedpostgres.files.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * A password nobody has to know: made once, 256 random bits, in a file that only the owner reads.
 *
 * @param path where it is
 * @param product whose password it is
 */
record PasswordFile(Path path, Product product) {
  private static final SecureRandom RANDOM = new SecureRandom();

  static String generate() {
    byte[] bits = new byte[32];
    RANDOM.nextBytes(bits);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

  Optional<String> read() {
    try {
      return Files.exists(path)
          ? Optional.of(Files.readString(path).strip()).filter(line -> !line.isEmpty())
          : Optional.empty();
    } catch (IOException e) {
      throw product.failure("read " + path, path, e);
    }
  }

  String write(String password) {
    try {
      DurableFiles.writeSecret(path, password);
      return password;
    } catch (IOException e) {
      throw product.failure("write " + path, path, e);
    }
  }

  String readOrMake() {
    return read().orElseGet(() -> write(generate()));
  }
}
