package io.letschat.messaging.chat;

import io.letschat.application.room.RoomEvent;
import io.letschat.domain.message.Message;
import java.util.List;

/** The names that a socket speaks: its first join decides. */
enum Dialect {
  /** The events of the README, which the contract describes. */
  README {
    @Override
    List<OutboundEvent> told(RoomEvent event) {
      return StandardEventEncoder.of(event);
    }

    @Override
    OutboundEvent recent(List<Message> messages) {
      return StandardEventEncoder.recent(messages);
    }
  },
  /** What the Node program really says. */
  CAMEL_CASE {
    @Override
    List<OutboundEvent> told(RoomEvent event) {
      return LegacyEventEncoder.of(event);
    }

    @Override
    OutboundEvent recent(List<Message> messages) {
      return LegacyEventEncoder.recent(messages);
    }
  };

  /** What is told of an event; nothing, where the dialect has no word for it. */
  abstract List<OutboundEvent> told(RoomEvent event);

  /** The page of messages for somebody who joined without an ack. */
  abstract OutboundEvent recent(List<Message> messages);
}
