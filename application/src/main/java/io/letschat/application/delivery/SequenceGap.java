package io.letschat.application.delivery;

import io.letschat.domain.message.Seq;
import org.jspecify.annotations.Nullable;

/** The gap in a stream, while there is one; the observer is told. Guarded by the stream's lock. */
final class SequenceGap {
  private final DeliveryObserver observer;
  private DeliveryObserver.@Nullable Gap open;
  private Seq end = Seq.NONE;
  private int fromLog;

  SequenceGap(DeliveryObserver observer) {
    this.observer = observer;
  }

  /** Something before {@code seq} is missing. */
  void isBefore(Seq seq) {
    if (open == null) {
      open = observer.gapOpened();
      fromLog = 0;
      end = seq;
    } else if (seq.isAfter(end)) {
      end = seq;
    }
  }

  /** Everything up to {@code delivered}, which came from there, has been delivered. */
  void isFilledTo(Seq delivered, DeliveryObserver.Source source) {
    if (open == null) {
      return;
    }
    if (source == DeliveryObserver.Source.LOG) {
      fromLog++;
    }
    if (!end.isAfter(delivered)) {
      open.closed(fromLog);
      open = null;
    }
  }
}
