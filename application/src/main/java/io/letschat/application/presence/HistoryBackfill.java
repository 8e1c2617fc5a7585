package io.letschat.application.presence;

import io.letschat.application.RequestCoalescer;
import io.letschat.application.delivery.MessageLog;
import io.letschat.application.delivery.PendingSubscription;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomId;
import java.util.List;
import java.util.Optional;

/**
 * What was said before a socket came: up to the position at which it arrived, and nothing after.
 * Many come at once to the same position, when a node has stopped or something begins: they share
 * what one of them reads.
 */
final class HistoryBackfill {
  /**
   * @param complete false if something between what the socket has and its position is not in
   *     {@code messages}
   */
  record Messages(List<Message> messages, boolean complete) {}

  /** The oldest after the number, or the newest before it. */
  private record Page(RoomId room, Seq seq, int most, boolean after) {}

  private final MessageLog log;
  private final RequestCoalescer<Page, List<Message>> pages = new RequestCoalescer<>(this::read);

  HistoryBackfill(MessageLog log) {
    this.log = log;
  }

  Messages of(RoomId room, PendingSubscription subscription, Optional<JoinRoom.Since> since) {
    Seq last = subscription.position();
    return since
        .filter(had -> had.epoch().map(subscription.epoch()::equals).orElse(true))
        .filter(had -> !had.seq().isAfter(last))
        .map(had -> missed(room, had.seq(), last))
        .orElseGet(() -> new Messages(newest(room, last), since.isEmpty()));
  }

  private List<Message> newest(RoomId room, Seq last) {
    return pages.read(new Page(room, last.next(), JoinRoom.RECENT, false));
  }

  private Messages missed(RoomId room, Seq after, Seq last) {
    long missing = last.value() - after.value();
    if (missing == 0) {
      return new Messages(List.of(), true);
    }
    int most = (int) Math.min(JoinRoom.REPLAYED, missing);
    return new Messages(pages.read(new Page(room, after, most, true)), missing == most);
  }

  private List<Message> read(Page page) {
    return page.after
        ? log.after(page.room, page.seq, page.most)
        : log.before(page.room, page.seq, page.most);
  }
}
