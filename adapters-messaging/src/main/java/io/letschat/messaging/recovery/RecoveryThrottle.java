package io.letschat.messaging.recovery;

import io.letschat.application.Scheduler;
import io.letschat.application.StoreUnavailable;
import io.letschat.engineio.EngineRejectReason;
import io.letschat.messaging.socket.ChatMetrics;
import io.letschat.messaging.socket.CoalescedWarning;
import io.letschat.socketio.TemporarilyUnavailable;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Some sockets are recovered at a time, the others wait: a returning crowd shall not take all
 * connections of the database from those who are there.
 */
final class RecoveryThrottle {
  private static final Logger log = LoggerFactory.getLogger(RecoveryThrottle.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int AT_ONCE = 6;

  private final Semaphore turns = new Semaphore(AT_ONCE, true);
  private final CoalescedWarning putOff;
  private final ChatMetrics metrics;

  RecoveryThrottle(Scheduler scheduler, ChatMetrics metrics) {
    this.putOff = new CoalescedWarning(log, scheduler, "sockets could not be recovered");
    this.metrics = metrics;
  }

  /**
   * @param giveBack leaves everything as it was before, so that the client can try again
   * @throws TemporarilyUnavailable if it is not its turn in time, or a store is away
   */
  <T> T inTurn(Supplier<T> recovery, Runnable giveBack) {
    EngineRejectReason reason;
    try {
      if (turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          return recovery.get();
        } finally {
          turns.release();
        }
      }
      reason = EngineRejectReason.OVERLOADED;
    } catch (StoreUnavailable away) {
      reason = EngineRejectReason.UNAVAILABLE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reason = EngineRejectReason.UNAVAILABLE;
    }
    giveBack.run();
    putOff.happened(reason.label());
    metrics.comeback(reason.label());
    throw new TemporarilyUnavailable(reason);
  }
}
