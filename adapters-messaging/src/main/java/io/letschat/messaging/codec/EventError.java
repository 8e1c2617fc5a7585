package io.letschat.messaging.codec;

import io.letschat.application.sentence.Sentences;
import io.letschat.domain.InvalidValueException;
import io.letschat.domain.Sentence;
import io.letschat.domain.room.RoomId;
import io.letschat.protocol.RetryAfter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why an event was not served: a stable code and a sentence for people.
 *
 * @param retryAfter when it makes sense to try again, where that is known
 */
public record EventError(String code, Sentence sentence, Optional<Duration> retryAfter) {
  private static final String UNAUTHORIZED = "unauthorized";

  private static EventError of(String code, Sentence sentence) {
    return new EventError(code, sentence, Optional.empty());
  }

  /** A payload that is not what the event takes, or a value that breaks its rule. */
  public static EventError invalid(InvalidValueException invalid) {
    return of("invalid_" + invalid.field(), invalid.sentence());
  }

  /** The socket is closed after it. */
  public static EventError sessionEnded() {
    return of(UNAUTHORIZED, Sentence.of("event.session-ended"));
  }

  public static EventError unknownEvent() {
    return of("unknown_event", Sentence.of("event.unknown"));
  }

  public static EventError noSuchRoom() {
    return of("room_not_found", Sentence.of("event.no-such-room"));
  }

  public static EventError wrongPassword() {
    return of("wrong_room_password", Sentence.of("event.wrong-room-password"));
  }

  public static EventError usernameRequired() {
    return of("username_required", Sentence.of("event.username-required"));
  }

  public static EventError notVerified() {
    return of("email_not_verified", Sentence.of("account.not-verified"));
  }

  public static EventError tooManyRooms() {
    return of("too_many_rooms", Sentence.of("event.too-many-rooms"));
  }

  public static EventError notJoined() {
    return of("not_joined", Sentence.of("event.not-joined"));
  }

  public static EventError notUploaded() {
    return of("unknown_upload", Sentence.of("event.not-uploaded"));
  }

  public static EventError retry() {
    return of("retry", Sentence.of("request.maybe-saved"));
  }

  static EventError membershipEnded() {
    return of("membership_ended", Sentence.of("event.membership-ended"));
  }

  public static EventError unavailable() {
    return of("unavailable", Sentence.of("request.unavailable"));
  }

  public static EventError tooOften(Duration retryAfter) {
    return new EventError(
        "rate_limited",
        Sentence.of("event.too-often").with("seconds", RetryAfter.seconds(retryAfter)),
        Optional.of(retryAfter));
  }

  /** Whether the socket's session is over. */
  public boolean endsTheSocket() {
    return code.equals(UNAUTHORIZED);
  }

  /** Whether the event might have been served another time. */
  public boolean isOurs() {
    return code.equals("retry") || code.equals("unavailable");
  }

  /** The answer to an event that carried an ack. */
  public Map<String, @Nullable Object> ack(Sentences sentences) {
    Map<String, @Nullable Object> error =
        JsonObjects.object("code", code, "message", sentences.of(sentence));
    retryAfter.ifPresent(wait -> error.put("retry_after", RetryAfter.seconds(wait)));
    return JsonObjects.object("ok", false, "error", error);
  }

  /** The {@code chat error} for one that did not. */
  public Map<String, @Nullable Object> event(String event, Sentences sentences) {
    Map<String, @Nullable Object> error =
        JsonObjects.object("event", event, "code", code, "message", sentences.of(sentence));
    retryAfter.ifPresent(wait -> error.put("retry_after", RetryAfter.seconds(wait)));
    return error;
  }

  public Map<String, @Nullable Object> event(String event, RoomId room, Sentences sentences) {
    Map<String, @Nullable Object> error = event(event, sentences);
    error.put("room_id", room.value());
    return error;
  }
}
