package io.letschat.messaging.recovery;

import io.letschat.application.recovery.RecoveryStateStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The sockets of this node that can come back: what is written down of them is kept alive. */
final class OpenRecoverySessions {
  private final RecoveryStateStore store;
  private final Duration lifetime;
  private final Set<RecoverySessionWriter> open = ConcurrentHashMap.newKeySet();

  OpenRecoverySessions(RecoveryStateStore store, Duration lifetime) {
    this.store = store;
    this.lifetime = lifetime;
  }

  void add(RecoverySessionWriter session) {
    open.add(session);
  }

  void remove(RecoverySessionWriter session) {
    open.remove(session);
  }

  void renew() {
    List<RecoverySessionWriter> sessions = List.copyOf(open);
    sessions.stream().filter(RecoverySessionWriter::isBehind).forEach(RecoverySessionWriter::write);
    List<RecoveryStateStore.Saving> outcomes =
        store.renew(sessions.stream().map(RecoverySessionWriter::bookmark).toList(), lifetime);
    for (int i = 0; i < sessions.size(); i++) {
      switch (outcomes.get(i)) {
        case GONE -> sessions.get(i).write();
        case TAKEN -> sessions.get(i).taken();
        case DONE, UNKNOWN -> {}
      }
    }
  }
}
