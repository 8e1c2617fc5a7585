package io.letschat.application.revocation;

import io.letschat.application.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The list of what was ended, written together with the end itself and kept for {@link #KEPT}, so
 * that every node can read what it has not heard of. Every method may throw {@link
 * StoreUnavailable}.
 */
public interface Revocations {
  /** After so long everybody has read it who is going to. */
  Duration KEPT = Duration.ofDays(1);

  /** Behind everything that was ended before the call. */
  Position end();

  /** What was ended since; some of it may have been read before. */
  Added since(Position position);

  /** Forgets what was ended before {@code before}. */
  void forget(Instant before);

  /** A place in the list that only its store understands. */
  record Position(long value) {}

  sealed interface Added {}

  /**
   * @param next from where to go on
   */
  record Some(List<Revocation> revocations, Position next) implements Added {}

  /** The position is of another history: the database was restored, or is another one. */
  record Unknown() implements Added {}
}
