package io.letschat.persistence.redis;

import org.jspecify.annotations.Nullable;

/** Redis cannot be asked just now; whoever asks has to do without. */
public final class RedisUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  RedisUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
