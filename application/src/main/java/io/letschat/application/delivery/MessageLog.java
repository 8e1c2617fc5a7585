package io.letschat.application.delivery;

import io.letschat.application.StoreUnavailable;
import io.letschat.domain.account.UserId;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.NewMessage;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomEpoch;
import io.letschat.domain.room.RoomId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All messages, numbered densely per room. Who sees a number sees all the numbers before it, too: a
 * number is given and committed under the lock of the room's head.
 *
 * <p>Every method but {@link #append} may throw {@link StoreUnavailable}.
 */
public interface MessageLog {
  /**
   * Puts the message on disk. Many callers share a transaction; each gets its own answer, which is
   * {@link OutcomeUnknown} where the log is away.
   */
  Appending append(NewMessage message);

  /** The message that shares what this user uploaded to this room, by the URL of the file. */
  Optional<Message> sharing(RoomId room, UserId sender, String url);

  /** The newest number of a room that exists. */
  Head head(RoomId room);

  /** The newest numbers of those rooms that exist, asked at once. */
  Map<RoomId, Seq> heads(Collection<RoomId> rooms);

  /** The messages after {@code after}, oldest first. */
  List<Message> after(RoomId room, Seq after, int most);

  /** The newest messages before {@code before}, oldest first. */
  List<Message> before(RoomId room, Seq before, int most);

  /**
   * @param last {@link Seq#NONE} while nothing was said
   */
  record Head(Seq last, RoomEpoch epoch) {}

  /** What became of an append. */
  sealed interface Appending {}

  record Appended(Message message) implements Appending {}

  /**
   * The sender's client message id was known in the room: nothing was written, and this is the
   * message it named first.
   */
  record AppendedBefore(Message message) implements Appending {}

  /** Nothing was written: the room or the sender is not there any more. */
  record NotAppended() implements Appending {}

  /** Nothing was written: the sender's session has ended or expired. */
  record SessionEnded() implements Appending {}

  /** The log cannot be reached, or broke off while it wrote: the message may be on disk or not. */
  record OutcomeUnknown() implements Appending {}
}
