package io.letschat.socketio;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Connection state recovery, as clients from 4.6 on know it: CONNECT's answer has a secret {@code
 * pid}; a client that reconnects presents it, with the offset of the last event that it got. Who
 * implements this decides whether the client's state is restored.
 *
 * <p>All methods are called on the connection's virtual thread and may block.
 *
 * @see <a href="https://socket.io/docs/v4/connection-state-recovery">Connection state recovery</a>
 */
public interface StateRecovery {
  /**
   * A client was authenticated, and CONNECT is about to be answered. Nothing can be sent to it yet.
   *
   * @param attempt the earlier connection that it claims; empty when this is its first
   * @return empty if recovery is not to be offered to this client
   * @throws TemporarilyUnavailable if the client is to try again
   */
  Optional<RecoverySession> restore(RecoverableSocket client, Optional<ReconnectAttempt> attempt);

  /**
   * A client that was connected is no longer, and its disconnect listeners have been called.
   *
   * @param intentional whether one of the two sides has ended it; false when the connection was
   *     lost
   */
  void disconnected(RecoverableSocket client, boolean intentional);

  /**
   * A client's claim to have been connected before; nothing of it is verified yet.
   *
   * @param offset the last argument of the last event that had a string there; empty if none had
   */
  record ReconnectAttempt(String pid, Optional<String> offset) {
    private static final int LONGEST = 100;

    public static Optional<ReconnectAttempt> from(@Nullable Object auth) {
      return auth instanceof Map<?, ?> fields
              && fields.get("pid") instanceof String pid
              && pid.length() <= LONGEST
          ? Optional.of(new ReconnectAttempt(pid, offset(fields.get("offset"))))
          : Optional.empty();
    }

    private static Optional<String> offset(@Nullable Object value) {
      return value instanceof String text && text.length() <= LONGEST
          ? Optional.of(text)
          : Optional.empty();
    }

    /** The auth payload as the client's program gave it. */
    public static @Nullable Object withoutItsFields(@Nullable Object auth) {
      if (!(auth instanceof Map<?, ?> fields)) {
        return auth;
      }
      Map<Object, @Nullable Object> rest = new HashMap<>(fields);
      rest.remove("pid");
      rest.remove("offset");
      return rest;
    }
  }

  /**
   * What a client can recover by when it reconnects.
   *
   * @param pid what the client has to present then: the same as it presented now, if and only if it
   *     is recovered
   */
  record RecoverySession(String pid, Optional<RestoredState> recovered) {}

  /**
   * The state of a client that reconnects. Either {@link #replay} or {@link #discard} is called.
   */
  interface RestoredState {
    /** The id that the client had. No client of the namespace may have it any more. */
    UUID id();

    /**
     * CONNECT has been answered and the connect listeners have been called: now the client is sent
     * what it missed.
     */
    void replay();

    /** The connection was lost before CONNECT could be answered. */
    void discard();
  }
}
