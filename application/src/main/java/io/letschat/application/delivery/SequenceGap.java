package io.letschat.application.delivery;

import io.letschat.domain.message.Seq;
import org.jspecify.annotations.Nullable;

/** The hole in a feed, while there is one; the watch is told. Guarded by the feed's lock. */
final class SequenceGap {
  private final DeliveryObserver watch;
  private DeliveryObserver.@Nullable Hole open;
  private Seq end = Seq.NONE;
  private int fromLog;

  SequenceGap(DeliveryObserver watch) {
    this.watch = watch;
  }

  /** Something before {@code seq} is missing. */
  void isBefore(Seq seq) {
    if (open == null) {
      open = watch.opened();
      fromLog = 0;
      end = seq;
    } else if (seq.isAfter(end)) {
      end = seq;
    }
  }

  /** Everything up to {@code delivered}, which came this way, has been delivered. */
  void isFilledTo(Seq delivered, DeliveryObserver.Way way) {
    if (open == null) {
      return;
    }
    if (way == DeliveryObserver.Way.LOG) {
      fromLog++;
    }
    if (!end.isAfter(delivered)) {
      open.closed(fromLog);
      open = null;
    }
  }
}
