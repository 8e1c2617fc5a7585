package io.letschat.testkit;

import io.letschat.application.revocation.Revocation;
import io.letschat.application.revocation.Revocations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@link Revocations} in memory. Can lose what it has. */
public final class InMemoryRevocations implements Revocations {
  private final List<Revocation> all = new ArrayList<>();
  private long before;

  synchronized void add(Revocation revocation) {
    all.add(revocation);
  }

  /** As a database that was restored: nobody's position is one of it. */
  public synchronized void restore() {
    before += all.size() + 1L;
    all.clear();
  }

  @Override
  public synchronized Position end() {
    return new Position(before + all.size());
  }

  @Override
  public synchronized Added since(Position position) {
    long from = position.value() - before;
    return from < 0 || from > all.size()
        ? new Unknown()
        : new Some(List.copyOf(all.subList((int) from, all.size())), end());
  }

  @Override
  public void forget(Instant time) {
    // Nothing here is old.
  }
}
