package io.letschat.persistence.credential;

import io.letschat.application.account.PasswordHasher;
import io.letschat.domain.account.PasswordHash;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.mindrot.jbcrypt.BCrypt;

/**
 * bcrypt at cost 10, on few threads of its own: those who wait for a hash wait in line, and the
 * threads that carry everybody else stay free.
 */
final class BcryptHasher implements PasswordHasher {
  private static final int COST = 10;

  /** What bcrypt can tell apart; the library would silently ignore the rest. */
  private static final int MAX_BYTES = 72;

  /**
   * By its own name, OpenBSD's and Node's, or PHP's. A cost beyond 16 would take minutes of a
   * thread; nobody has written it in earnest.
   */
  private static final Pattern SHAPE =
      Pattern.compile("\\$2[aby]\\$(?:0[4-9]|1[0-6])\\$[./A-Za-z0-9]{53}");

  private final SecureRandom random;
  private final ExecutorService threads;

  /**
   * @param atOnce how many hashes are computed at the same time
   */
  BcryptHasher(SecureRandom random, int atOnce) {
    this.random = random;
    this.threads =
        Executors.newFixedThreadPool(
            atOnce, Thread.ofPlatform().daemon().name("bcrypt-", 0).factory());
  }

  @Override
  public PasswordHash hash(String secret) {
    if (!isHashable(secret)) {
      throw new IllegalArgumentException("the secret has more than 72 bytes, or U+0000");
    }
    return new PasswordHash(inLine(() -> BCrypt.hashpw(secret, BCrypt.gensalt(COST, random))));
  }

  @Override
  public boolean matches(String secret, PasswordHash hash) {
    String bcrypt = hash.bcrypt();
    if (!SHAPE.matcher(bcrypt).matches()) {
      return false;
    }
    // jBCrypt knows the algorithm by its first name alone; the later ones mean the same for
    // everything up to 72 bytes.
    String firstName = "$2a$" + bcrypt.substring(4);
    boolean same = inLine(() -> BCrypt.checkpw(secret, firstName));
    return same && isHashable(secret);
  }

  /** bcrypt takes U+0000 for the end and begins anew: "a" and "a\0a" would be the same. */
  private static boolean isHashable(String secret) {
    return secret.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES && secret.indexOf('\0') < 0;
  }

  private <T> T inLine(Callable<T> work) {
    Future<T> result = threads.submit(work);
    try {
      return result.get();
    } catch (InterruptedException e) {
      result.cancel(false);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a password was hashed", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a password could not be hashed", e.getCause());
    }
  }
}
