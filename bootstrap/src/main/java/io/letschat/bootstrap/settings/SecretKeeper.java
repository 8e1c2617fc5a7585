package io.letschat.bootstrap.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * Makes the secrets that nobody set, once, and keeps them in the data folder, readable by its owner
 * alone.
 */
final class SecretKeeper {
  private static final String FILE = "secrets.properties";

  private final Path folder;
  private final SecureRandom random;

  SecretKeeper(Path dataDir, SecureRandom random) {
    this.folder = dataDir;
    this.random = random;
  }

  Secrets fillIn(Optional<String> jwt, Optional<String> session) throws IOException {
    if (jwt.isPresent() && session.isPresent()) {
      return new Secrets(jwt.get(), session.get());
    }
    Secrets kept = kept();
    return new Secrets(jwt.orElse(kept.jwt()), session.orElse(kept.session()));
  }

  private Secrets kept() throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      make(file);
    }
    var properties = new Properties();
    properties.load(new StringReader(Files.readString(file)));
    String jwt = properties.getProperty("jwt", "");
    String session = properties.getProperty("session", "");
    if (jwt.isEmpty() || session.isEmpty()) {
      throw new IOException(
          file + " is damaged; remove it to have new secrets made, which signs everybody out");
    }
    return new Secrets(jwt, session);
  }

  private void make(Path file) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path whole = Files.createTempFile(folder, FILE, ".new");
    String text =
        "# Made at the first start; whoever has these can sign in as anybody.\njwt="
            + secret()
            + "\nsession="
            + secret()
            + "\n";
    try (var channel = FileChannel.open(whole, Set.of(StandardOpenOption.WRITE))) {
      channel.write(StandardCharsets.UTF_8.encode(text));
      channel.force(true);
    }
    try {
      // A link, not a move: of two starts at once the second one keeps what the first one made.
      Files.createLink(file, whole);
    } catch (FileAlreadyExistsException madeMeanwhile) {
      // Then that one counts.
    } finally {
      Files.delete(whole);
    }
  }

  private String secret() {
    byte[] bits = new byte[48];
    random.nextBytes(bits);
    return Base64.getUrlEncoder().encodeToString(bits);
  }
}
