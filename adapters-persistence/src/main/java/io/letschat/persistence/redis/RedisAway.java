package io.letschat.persistence.redis;

import org.jspecify.annotations.Nullable;

/** Redis cannot be asked just now; whoever asks has to do without. */
final class RedisAway extends RuntimeException {
  private static final long serialVersionUID = 1;

  RedisAway(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
