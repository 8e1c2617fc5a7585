package io.letschat.messaging.recovery;

import io.letschat.application.recovery.RecoveryState;
import io.letschat.application.recovery.RecoveryStateStore;
import io.letschat.messaging.codec.PositionEvent;
import io.letschat.messaging.socket.ChatSocket;
import io.letschat.socketio.RecoverableSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What one socket would need to come back, written down before the socket hears that it is in, or
 * out of, a room. If that fails the client's offset is taken away, so that it cannot come back to
 * rooms that are not its rooms any more.
 */
public final class RecoverySessionWriter {
  /** A socket in more rooms does not come back. */
  private static final int MOST_ROOMS = 100;

  private static final String KEY = "letschat.recovery";

  private final ChatSocket socket;
  private final RecoverableSocket client;
  private final RecoveryStateStore recoveryStateStore;
  private final Duration lifetime;

  private RecoveryState recoveryState;
  private boolean written;
  private boolean behind;
  private boolean closing;
  private boolean ended;
  private volatile boolean brokenOff;

  RecoverySessionWriter(
      ChatSocket socket,
      RecoverableSocket client,
      RecoveryStateStore recoveryStateStore,
      Duration lifetime,
      RecoveryState recoveryState) {
    this.socket = socket;
    this.client = client;
    this.recoveryStateStore = recoveryStateStore;
    this.lifetime = lifetime;
    this.recoveryState = recoveryState;
  }

  /** That of a socket; empty where its client cannot come back. */
  public static Optional<RecoverySessionWriter> of(ChatSocket socket) {
    return Optional.ofNullable(socket.client().get(KEY));
  }

  void attach() {
    socket.client().set(KEY, this);
  }

  synchronized RecoveryState bookmark() {
    return recoveryState;
  }

  /** Waits for the store, for a second at most. */
  synchronized void change(UnaryOperator<RecoveryState> change) {
    recoveryState = change.apply(recoveryState);
    write();
  }

  /** Whether it has to be written, rather than renewed. */
  synchronized boolean isBehind() {
    return !closing && (behind || !recoveryState.places().stream().allMatch(place -> isIn(place)));
  }

  private boolean isIn(RecoveryState.Place place) {
    return socket.memberOf(place.room()).isPresent();
  }

  synchronized void write() {
    if (closing || ended) {
      return;
    }
    recoveryState = recoveryState.in(room -> socket.memberOf(room).isPresent());
    if (recoveryState.places().isEmpty() && !written) {
      return;
    }
    written = true;
    switch (recoveryState.places().size() > MOST_ROOMS
        ? RecoveryStateStore.Saving.UNKNOWN
        : recoveryStateStore.keep(recoveryState, lifetime)) {
      case DONE -> caughtUp();
      case TAKEN -> client.terminate(Duration.ZERO);
      case UNKNOWN, GONE -> {
        behind = true;
        client.disableOffsets(PositionEvent.NAME);
      }
    }
  }

  private void caughtUp() {
    if (behind) {
      behind = false;
      client.enableOffsets();
      if (brokenOff) {
        client.disableOffsets(PositionEvent.NAME);
      }
    }
  }

  /** From now on this socket cannot come back. Does not block. */
  public void breakOff() {
    brokenOff = true;
    client.disableOffsets(PositionEvent.NAME);
  }

  /** The client goes on elsewhere. */
  void taken() {
    client.terminate(Duration.ZERO);
  }

  /** The socket is about to leave its rooms with its connection: they stay written down. */
  synchronized void closing() {
    closing = true;
  }

  /**
   * @param intentional whether nobody is going to come back
   */
  synchronized void end(boolean intentional) {
    ended = true;
    if (intentional && written) {
      recoveryStateStore.drop(recoveryState);
    }
  }
}
