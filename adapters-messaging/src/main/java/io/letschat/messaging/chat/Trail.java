package io.letschat.messaging.chat;

import io.letschat.application.recovery.Bookmark;
import io.letschat.application.recovery.Bookmarks;
import io.letschat.messaging.socketio.RecoverableClient;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * What one socket would need to come back, written down before the socket hears that it is in, or
 * out of, a room. If that fails the client's offset is taken away, so that it cannot come back to
 * rooms that are not its rooms any more.
 */
final class Trail {
  /** A socket in more rooms does not come back. */
  private static final int MOST_ROOMS = 100;

  private final ChatSocket socket;
  private final RecoverableClient client;
  private final Bookmarks bookmarks;
  private final Duration lifetime;

  private Bookmark bookmark;
  private boolean written;
  private boolean behind;
  private boolean ended;
  private volatile boolean brokenOff;

  Trail(
      ChatSocket socket,
      RecoverableClient client,
      Bookmarks bookmarks,
      Duration lifetime,
      Bookmark bookmark) {
    this.socket = socket;
    this.client = client;
    this.bookmarks = bookmarks;
    this.lifetime = lifetime;
    this.bookmark = bookmark;
  }

  synchronized Bookmark bookmark() {
    return bookmark;
  }

  /** Waits for the store, for a second at most. */
  synchronized void change(UnaryOperator<Bookmark> change) {
    bookmark = change.apply(bookmark);
    write();
  }

  /** Whether it has to be written, rather than renewed. */
  synchronized boolean isBehind() {
    return behind || !bookmark.places().stream().allMatch(place -> isIn(place));
  }

  private boolean isIn(Bookmark.Place place) {
    return socket.memberOf(place.room()).isPresent();
  }

  synchronized void write() {
    if (ended) {
      return;
    }
    bookmark = bookmark.in(room -> socket.memberOf(room).isPresent());
    if (bookmark.places().isEmpty() && !written) {
      return;
    }
    written = true;
    switch (bookmark.places().size() > MOST_ROOMS
        ? Bookmarks.Outcome.UNKNOWN
        : bookmarks.keep(bookmark, lifetime)) {
      case DONE -> caughtUp();
      case TAKEN -> client.drop(Duration.ZERO);
      case UNKNOWN, GONE -> {
        behind = true;
        client.withholdOffsets(Recovery.POSITION);
      }
    }
  }

  private void caughtUp() {
    if (behind) {
      behind = false;
      client.offerOffsets();
      if (brokenOff) {
        client.withholdOffsets(Recovery.POSITION);
      }
    }
  }

  /** From now on this socket cannot come back. Does not block. */
  void breakOff() {
    brokenOff = true;
    client.withholdOffsets(Recovery.POSITION);
  }

  /** The client goes on elsewhere. */
  void taken() {
    client.drop(Duration.ZERO);
  }

  /**
   * @param forGood whether nobody is going to come back
   */
  synchronized void end(boolean forGood) {
    ended = true;
    if (forGood && written) {
      bookmarks.drop(bookmark);
    }
  }
}
