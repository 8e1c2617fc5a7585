package io.letschat.messaging.codec;

import io.letschat.application.recovery.StreamOffset;

/**
 * Where a client stands in a room that it has just joined. An event without news: it is there for
 * its offset.
 */
public record PositionEvent(StreamOffset offset) {
  public static final String NAME = "position";

  /** Its arguments, the offset behind them. */
  public Object[] arguments() {
    var event =
        OutboundEvent.of(
            NAME,
            JsonObjects.object("room_id", offset.room().value(), "seq", offset.seq().value()));
    return OffsetArguments.with(offset, event);
  }
}
