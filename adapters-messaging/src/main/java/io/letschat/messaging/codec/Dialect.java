package io.letschat.messaging.codec;

import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.sentence.Sentences;
import io.letschat.domain.message.Message;
import java.util.List;

/** The names that a socket speaks: its first join decides. */
public enum Dialect {
  /** The events of docs/socket-events.md. */
  STANDARD("README") {
    @Override
    public List<OutboundEvent> told(RoomEvent event, Sentences sentences) {
      return StandardEventEncoder.of(event, sentences);
    }

    @Override
    public OutboundEvent recent(List<Message> messages) {
      return StandardEventEncoder.recent(messages);
    }
  },
  /** The events of the Node program that LetsChat replaces. */
  LEGACY("CAMEL_CASE") {
    @Override
    public List<OutboundEvent> told(RoomEvent event, Sentences sentences) {
      return LegacyEventEncoder.of(event, sentences);
    }

    @Override
    public OutboundEvent recent(List<Message> messages) {
      return LegacyEventEncoder.recent(messages);
    }
  };

  private final String stored;

  Dialect(String stored) {
    this.stored = stored;
  }

  /** The name that recovery states keep; nodes of earlier versions read it. */
  public String stored() {
    return stored;
  }

  /**
   * The opposite of {@link #stored}.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Dialect ofStored(String name) {
    for (Dialect dialect : values()) {
      if (dialect.stored.equals(name)) {
        return dialect;
      }
    }
    throw new IllegalArgumentException("no dialect: " + name);
  }

  /** What is told of an event; nothing, where the dialect has no word for it. */
  public abstract List<OutboundEvent> told(RoomEvent event, Sentences sentences);

  /** The page of messages for somebody who joined without an ack. */
  public abstract OutboundEvent recent(List<Message> messages);
}
