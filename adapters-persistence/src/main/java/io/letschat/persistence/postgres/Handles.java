package io.letschat.persistence.postgres;

import io.letschat.application.StoreUnavailable;
import java.util.function.Supplier;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;

/**
 * The door to one pool of connections. Every method throws {@link StoreUnavailable} where the
 * database is away, and whatever else goes wrong as JDBI tells it.
 */
public final class Handles {
  private final Jdbi jdbi;

  Handles(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Each statement is a transaction of its own. */
  public <T> T withHandle(HandleCallback<T, RuntimeException> use) {
    return told(() -> jdbi.withHandle(use));
  }

  /** Each statement is a transaction of its own. */
  public void useHandle(HandleConsumer<RuntimeException> use) {
    withHandle(use.asCallback());
  }

  /** Commits in the end, unless {@code use} throws or has rolled back. */
  public <T> T inTransaction(HandleCallback<T, RuntimeException> use) {
    return told(() -> jdbi.inTransaction(use));
  }

  private static <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      throw SqlState.isOutage(e) ? new StoreUnavailable("PostgreSQL", e) : e;
    }
  }
}
