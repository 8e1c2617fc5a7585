package io.letschat.bootstrap;

import io.letschat.application.recovery.LocalRecoveryStateStore;
import io.letschat.application.recovery.RecoveryState;
import io.letschat.application.recovery.RecoveryStateStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Bookmarks in a store that can be away. */
final class FailingRecoveryStateStore implements RecoveryStateStore {
  private final RecoveryStateStore recoveryStateStore =
      new LocalRecoveryStateStore(InstantSource.system());
  volatile boolean away;

  @Override
  public Outcome keep(RecoveryState recoveryState, Duration lifetime) {
    return away ? Outcome.UNKNOWN : recoveryStateStore.keep(recoveryState, lifetime);
  }

  @Override
  public List<Outcome> renew(List<RecoveryState> renewed, Duration lifetime) {
    return away
        ? renewed.stream().map(recoveryState -> Outcome.UNKNOWN).toList()
        : recoveryStateStore.renew(renewed, lifetime);
  }

  @Override
  public Claim claim(RecoveryState.Key key, String holder) {
    return away ? new Unavailable() : recoveryStateStore.claim(key, holder);
  }

  @Override
  public void drop(RecoveryState recoveryState) {
    if (!away) {
      recoveryStateStore.drop(recoveryState);
    }
  }
}
