package io.letschat.messaging.codec;

import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.sentence.Sentences;
import io.letschat.domain.message.Message;
import java.util.List;

/** The names that a socket speaks: its first join decides. */
public enum Dialect {
  /** The events of the README, which the contract describes. */
  README {
    public @Override List<OutboundEvent> told(RoomEvent event, Sentences sentences) {
      return StandardEventEncoder.of(event, sentences);
    }

    public @Override OutboundEvent recent(List<Message> messages) {
      return StandardEventEncoder.recent(messages);
    }
  },
  /** What the Node program really says. */
  CAMEL_CASE {
    public @Override List<OutboundEvent> told(RoomEvent event, Sentences sentences) {
      return LegacyEventEncoder.of(event, sentences);
    }

    public @Override OutboundEvent recent(List<Message> messages) {
      return LegacyEventEncoder.recent(messages);
    }
  };

  /** What is told of an event; nothing, where the dialect has no word for it. */
  public abstract List<OutboundEvent> told(RoomEvent event, Sentences sentences);

  /** The page of messages for somebody who joined without an ack. */
  public abstract OutboundEvent recent(List<Message> messages);
}
