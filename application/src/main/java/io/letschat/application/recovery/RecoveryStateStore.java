package io.letschat.application.recovery;

import java.time.Duration;
import java.util.List;

/**
 * The bookmarks of all sockets that may come back, on whichever node. Losing them costs a recovery,
 * never a message. A bookmark has one holder at a time; only the holder changes it.
 */
public interface RecoveryStateStore {
  enum Saving {
    DONE,
    /** Another connection holds it. */
    TAKEN,
    /** There is none to renew, or another text than this: the store has lost something. */
    GONE,
    /** The store cannot be asked: it is done or not. */
    UNKNOWN
  }

  /**
   * Keeps it for that long, in the place of what its holder kept before. Ends a claim of the
   * holder.
   */
  Saving keep(RecoveryState bookmark, Duration lifetime);

  /**
   * Keeps those that are kept, just as they are here, for that long from now. The answers are in
   * the same order.
   */
  List<Saving> renew(List<RecoveryState> bookmarks, Duration lifetime);

  /**
   * Makes the connection the holder. Of several who try at once one succeeds, and nobody else until
   * that one has called {@link #keep}; the others find nothing.
   */
  Claim claim(RecoveryState.Key key, String holder);

  /** Without effect for one that somebody else holds. */
  void drop(RecoveryState bookmark);

  sealed interface Claim {}

  /** As it was kept, held by whoever claimed it. */
  record Claimed(RecoveryState bookmark) implements Claim {}

  /** There is none, or it is too old, or being claimed. */
  record NotThere() implements Claim {}

  /** The store cannot be asked. */
  record Unavailable() implements Claim {}
}
