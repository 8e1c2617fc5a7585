package io.letschat.messaging.event;

import io.letschat.application.limit.RateLimiter;
import io.letschat.application.presence.Typing;
import io.letschat.domain.room.Member;
import io.letschat.messaging.codec.Answer;
import io.letschat.messaging.codec.EventError;
import io.letschat.messaging.codec.EventPayload;
import io.letschat.messaging.socket.ChatSocket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Typing by socket: {@code {room_id}}. */
public final class TypingEventHandler {
  private final Typing typing;

  public TypingEventHandler(Typing typing) {
    this.typing = typing;
  }

  Answer start(ChatSocket socket, @Nullable Object argument) {
    Optional<Member> member = member(socket, argument);
    if (member.isEmpty()) {
      return new Answer.Rejected(EventError.notJoined());
    }
    return switch (typing.start(member.get(), socket)) {
      case RateLimiter.Allowed() -> Answer.Ok.of();
      case RateLimiter.Exceeded(var retryAfter) ->
          new Answer.Rejected(EventError.tooOften(retryAfter));
    };
  }

  Answer stop(ChatSocket socket, @Nullable Object argument) {
    Optional<Member> member = member(socket, argument);
    if (member.isEmpty()) {
      return new Answer.Rejected(EventError.notJoined());
    }
    typing.stop(member.get(), socket);
    return Answer.Ok.of();
  }

  private static Optional<Member> member(ChatSocket socket, @Nullable Object argument) {
    return socket.memberOf(EventPayload.of(argument).roomId(socket.dialect()));
  }
}
