package io.letschat.socketio;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Connection state recovery, as clients from 4.6 on know it: CONNECT's answer has a secret {@code
 * pid}; a client that comes back says it, with the offset of the last event that it got. Who
 * implements this decides whether the client goes on where it was.
 *
 * <p>All methods are called on the connection's virtual thread and may block.
 *
 * @see <a href="https://socket.io/docs/v4/connection-state-recovery">Connection state recovery</a>
 */
public interface StateRecovery {
  /**
   * A client was let in, and CONNECT is about to be answered. Nothing can be sent to it yet.
   *
   * @param comeback what it says of an earlier connection; empty when this is its first
   * @return empty if this client is to know nothing of recovery
   * @throws AdmissionUnavailable if it could go on where it was another time
   */
  Optional<Admitted> admit(RecoverableSocket client, Optional<Comeback> comeback);

  /**
   * A client that was connected is no longer, and its disconnect listeners have been called.
   *
   * @param forGood whether one of the two sides has ended it; false when the connection was lost
   */
  void gone(RecoverableSocket client, boolean forGood);

  /**
   * What a client says that had a {@code pid} before: so far only words.
   *
   * @param offset the last argument of the last event that had a string there; empty if none had
   */
  record Comeback(String pid, Optional<String> offset) {
    private static final int LONGEST = 100;

    public static Optional<Comeback> in(@Nullable Object auth) {
      return auth instanceof Map<?, ?> fields
              && fields.get("pid") instanceof String pid
              && pid.length() <= LONGEST
          ? Optional.of(new Comeback(pid, offset(fields.get("offset"))))
          : Optional.empty();
    }

    private static Optional<String> offset(@Nullable Object value) {
      return value instanceof String text && text.length() <= LONGEST
          ? Optional.of(text)
          : Optional.empty();
    }

    /** The auth payload as the client's program gave it. */
    public static @Nullable Object removedFrom(@Nullable Object auth) {
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
   * @param pid what the client has to say when it comes back: the same as it said, if and only if
   *     it is recovered
   */
  record Admitted(String pid, Optional<Recovered> recovered) {}

  /** The state of a client that comes back. Either {@link #begin} or {@link #abandon} is called. */
  interface Recovered {
    /** The id that the client had. No client of the namespace may have it any more. */
    UUID id();

    /**
     * CONNECT has been answered and the connect listeners have been called: now what was missed.
     */
    void begin();

    /** The connection was lost before CONNECT could be answered. */
    void abandon();
  }
}
