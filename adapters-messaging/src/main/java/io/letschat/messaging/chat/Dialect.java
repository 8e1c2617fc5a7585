package io.letschat.messaging.chat;

import io.letschat.application.room.RoomEvent;
import io.letschat.domain.message.Message;
import java.util.List;

/** The names that a socket speaks: its first join decides. */
enum Dialect {
  /** The events of the README, which the contract describes. */
  README {
    @Override
    List<WireEvent> told(RoomEvent event) {
      return ReadmeEvents.of(event);
    }

    @Override
    WireEvent recent(List<Message> messages) {
      return ReadmeEvents.recent(messages);
    }
  },
  /** What the Node program really says. */
  CAMEL_CASE {
    @Override
    List<WireEvent> told(RoomEvent event) {
      return CamelCaseEvents.of(event);
    }

    @Override
    WireEvent recent(List<Message> messages) {
      return CamelCaseEvents.recent(messages);
    }
  };

  /** What is told of an event; nothing, where the dialect has no word for it. */
  abstract List<WireEvent> told(RoomEvent event);

  /** The page of messages for somebody who joined without an ack. */
  abstract WireEvent recent(List<Message> messages);
}
