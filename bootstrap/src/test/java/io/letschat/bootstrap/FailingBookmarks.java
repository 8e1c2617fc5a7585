package io.letschat.bootstrap;

import io.letschat.application.recovery.Bookmark;
import io.letschat.application.recovery.Bookmarks;
import io.letschat.application.recovery.LocalBookmarks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Bookmarks in a store that can be away. */
final class FailingBookmarks implements Bookmarks {
  private final Bookmarks bookmarks = new LocalBookmarks(InstantSource.system());
  volatile boolean away;

  @Override
  public Outcome keep(Bookmark bookmark, Duration lifetime) {
    return away ? Outcome.UNKNOWN : bookmarks.keep(bookmark, lifetime);
  }

  @Override
  public List<Outcome> renew(List<Bookmark> renewed, Duration lifetime) {
    return away
        ? renewed.stream().map(bookmark -> Outcome.UNKNOWN).toList()
        : bookmarks.renew(renewed, lifetime);
  }

  @Override
  public Claim claim(Bookmark.Key key, String holder) {
    return away ? new Unavailable() : bookmarks.claim(key, holder);
  }

  @Override
  public void drop(Bookmark bookmark) {
    if (!away) {
      bookmarks.drop(bookmark);
    }
  }
}
