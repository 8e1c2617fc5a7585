package io.letschat.application.message;

import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.delivery.MessageLog;
import io.letschat.application.delivery.MessagePublisher;
import io.letschat.application.limit.RateLimiter;
import io.letschat.application.room.RoomAccess;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.message.ClientMessageId;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.MessageContent;
import io.letschat.domain.message.MessageType;
import io.letschat.domain.message.NewMessage;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomId;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Somebody says something in a room. When {@link Sent} is returned the message is on disk and on
 * its way to everybody.
 */
public final class SendMessage {
  /**
   * @param clientId with one, sending again is safe: the same id is the same message, whatever its
   *     content
   */
  public record Command(
      AuthenticatedUser sender,
      RoomId room,
      MessageContent content,
      MessageType type,
      Optional<ClientMessageId> clientId) {}

  public sealed interface Result {}

  public record Sent(Message message) implements Result {}

  /** The room is not there, or not the sender's. */
  public record NoSuchRoom() implements Result {}

  /** The sender's session has ended since the command was given. */
  public record SessionEnded() implements Result {}

  public record TooOften(Duration retryAfter) implements Result {}

  /** An image or a file that the sender has not uploaded to this room. */
  public record NotUploaded() implements Result {}

  /** The message may be on disk or not; sending again with the same client id is safe. */
  public record Retry() implements Result {}

  private final RoomAccess access;
  private final RateLimiter limiter;
  private final MessageLog log;
  private final MessagePublisher messagePublisher;
  private final InstantSource clock;

  public SendMessage(
      RoomAccess access,
      RateLimiter limiter,
      MessageLog log,
      MessagePublisher messagePublisher,
      InstantSource clock) {
    this.access = access;
    this.limiter = limiter;
    this.log = log;
    this.messagePublisher = messagePublisher;
    this.clock = clock;
  }

  public Result send(Command command) {
    Optional<Member> member = access.member(command.sender(), command.room());
    if (member.isEmpty()) {
      return new NoSuchRoom();
    }
    String account = "account:" + command.sender().account().id().value();
    if (limiter.take(Limit.MESSAGE, account) instanceof RateLimiter.Exceeded(var retryAfter)) {
      return new TooOften(retryAfter);
    }
    return command.type() == MessageType.TEXT ? say(command, member.get()) : point(command);
  }

  private Result say(Command command, Member member) {
    var message =
        new NewMessage(
            member,
            command.sender().session().id(),
            command.content(),
            command.type(),
            command.clientId(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    return switch (messagePublisher.deliver(message)) {
      case MessageLog.Appended(var appended) -> new Sent(appended);
      case MessageLog.AppendedBefore(var known) -> new Sent(known);
      case MessageLog.NotAppended() -> new NoSuchRoom();
      case MessageLog.SessionEnded() -> new SessionEnded();
      case MessageLog.OutcomeUnknown() -> new Retry();
    };
  }

  /** Uploading said it already: some clients say it again, by the file's URL. */
  private Result point(Command command) {
    return log.sharing(command.room(), command.sender().user(), command.content().text())
        .filter(message -> message.type() == command.type())
        .<Result>map(Sent::new)
        .orElseGet(NotUploaded::new);
  }
}
