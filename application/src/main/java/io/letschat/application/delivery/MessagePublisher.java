package io.letschat.application.delivery;

import io.letschat.application.delivery.MessageLog.Appended;
import io.letschat.application.delivery.MessageLog.AppendedBefore;
import io.letschat.application.delivery.MessageLog.Appending;
import io.letschat.application.delivery.MessageLog.NotAppended;
import io.letschat.application.delivery.MessageLog.OutcomeUnknown;
import io.letschat.application.delivery.MessageLog.SessionEnded;
import io.letschat.domain.message.NewMessage;

/** Brings a message to its room: on disk first, then to everybody, in the order of the numbers. */
public final class MessagePublisher {
  private final MessageLog log;
  private final RoomStreams streams;
  private final RoomPublisher publisher;

  public MessagePublisher(MessageLog log, RoomStreams streams, RoomPublisher publisher) {
    this.log = log;
    this.streams = streams;
    this.publisher = publisher;
  }

  /** What {@link MessageLog#append} answers. */
  public Appending deliver(NewMessage message) {
    Appending outcome = log.append(message);
    switch (outcome) {
      case Appended(var appended) -> publisher.send(appended);
      case OutcomeUnknown() -> streams.lookAgain(message.room());
      // The first sending may have ended without an answer, and without anybody being told.
      case AppendedBefore(var known) -> publisher.send(known);
      case NotAppended nothing -> {}
      case SessionEnded nothing -> {}
    }
    return outcome;
  }
}
