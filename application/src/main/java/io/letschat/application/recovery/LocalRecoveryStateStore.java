package io.letschat.application.recovery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** Bookmarks in the process: for one node, until it ends. */
public final class LocalRecoveryStateStore implements RecoveryStateStore {
  /** More are not kept; nobody has as many sockets on one node. */
  private static final int MOST = 500_000;

  private record Kept(RecoveryState bookmark, boolean claimed, Instant until) {}

  private final ConcurrentHashMap<RecoveryState.Key, Kept> kept = new ConcurrentHashMap<>();
  private final InstantSource clock;

  public LocalRecoveryStateStore(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Saving keep(RecoveryState bookmark, Duration lifetime) {
    if (kept.size() >= MOST && !kept.containsKey(bookmark.key())) {
      return Saving.UNKNOWN;
    }
    Instant now = clock.instant();
    Kept is =
        kept.compute(
            bookmark.key(),
            (key, before) ->
                before == null || isOver(before, now) || isHeldBy(before, bookmark.holder())
                    ? new Kept(bookmark, false, now.plus(lifetime))
                    : before);
    return isHeldBy(is, bookmark.holder()) ? Saving.DONE : Saving.TAKEN;
  }

  @Override
  public List<Saving> renew(List<RecoveryState> bookmarks, Duration lifetime) {
    Instant now = clock.instant();
    kept.values().removeIf(each -> isOver(each, now));
    return bookmarks.stream().map(bookmark -> renew(bookmark, now.plus(lifetime))).toList();
  }

  private Saving renew(RecoveryState bookmark, Instant until) {
    Kept is =
        kept.computeIfPresent(
            bookmark.key(),
            (key, before) ->
                before.bookmark.equals(bookmark)
                    ? new Kept(bookmark, before.claimed, until)
                    : before);
    if (is == null) {
      return Saving.GONE;
    }
    if (!isHeldBy(is, bookmark.holder())) {
      return Saving.TAKEN;
    }
    return is.bookmark.equals(bookmark) ? Saving.DONE : Saving.GONE;
  }

  @Override
  public Claim claim(RecoveryState.Key key, String holder) {
    Instant now = clock.instant();
    var found = new Claim[] {new NotThere()};
    kept.computeIfPresent(
        key,
        (same, before) -> {
          if (before.claimed || isOver(before, now)) {
            return before;
          }
          RecoveryState claimed = before.bookmark.heldBy(holder);
          found[0] = new Claimed(claimed);
          return new Kept(claimed, true, before.until);
        });
    return found[0];
  }

  @Override
  public void drop(RecoveryState bookmark) {
    kept.computeIfPresent(
        bookmark.key(), (key, before) -> isHeldBy(before, bookmark.holder()) ? null : before);
  }

  private static boolean isHeldBy(Kept kept, String holder) {
    return kept.bookmark.holder().equals(holder);
  }

  private static boolean isOver(Kept kept, Instant now) {
    return !now.isBefore(kept.until);
  }
}
