package io.letschat.messaging.codec;

import io.letschat.domain.InvalidValueException;
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
public record EventError(String code, String message, Optional<Duration> retryAfter) {
  private static final String UNAUTHORIZED = "unauthorized";

  private static EventError of(String code, String message) {
    return new EventError(code, message, Optional.empty());
  }

  /** A payload that is not what the event takes, or a value that breaks its rule. */
  public static EventError invalid(InvalidValueException invalid) {
    return of("invalid_" + invalid.field(), invalid.sentence());
  }

  /** The socket is closed after it. */
  public static EventError sessionEnded() {
    return of(UNAUTHORIZED, "You are not signed in any more.");
  }

  public static EventError unknownEvent() {
    return of("unknown_event", "The server does not know this event.");
  }

  public static EventError noSuchRoom() {
    return of("room_not_found", "There is no such room for you.");
  }

  public static EventError wrongPassword() {
    return of("wrong_room_password", "The room's password is wrong.");
  }

  public static EventError usernameRequired() {
    return of("username_required", "Please choose a username first.");
  }

  public static EventError notVerified() {
    return of("email_not_verified", "Please verify your e-mail address first.");
  }

  public static EventError tooManyRooms() {
    return of("too_many_rooms", "This connection is in as many rooms as it can be.");
  }

  public static EventError notJoined() {
    return of("not_joined", "Join the room first.");
  }

  public static EventError notUploaded() {
    return of("unknown_upload", "Images and files have to be uploaded to this room by you first.");
  }

  public static EventError retry() {
    return of(
        "retry",
        "It is not known whether this was saved. Sending it again with the same id is safe.");
  }

  static EventError membershipEnded() {
    return of("membership_ended", "You do not belong to this room any more.");
  }

  public static EventError unavailable() {
    return of("unavailable", "This does not work at the moment. Please try again soon.");
  }

  public static EventError tooOften(Duration retryAfter) {
    return new EventError(
        "rate_limited",
        "That was too often. Please wait " + RetryAfter.seconds(retryAfter) + " seconds.",
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
  public Map<String, @Nullable Object> ack() {
    Map<String, @Nullable Object> error = JsonObjects.object("code", code, "message", message);
    retryAfter.ifPresent(wait -> error.put("retry_after", RetryAfter.seconds(wait)));
    return JsonObjects.object("ok", false, "error", error);
  }

  /** The {@code chat error} for one that did not. */
  public Map<String, @Nullable Object> event(String event) {
    Map<String, @Nullable Object> error =
        JsonObjects.object("event", event, "code", code, "message", message);
    retryAfter.ifPresent(wait -> error.put("retry_after", RetryAfter.seconds(wait)));
    return error;
  }

  public Map<String, @Nullable Object> event(String event, RoomId room) {
    Map<String, @Nullable Object> error = event(event);
    error.put("room_id", room.value());
    return error;
  }
}
