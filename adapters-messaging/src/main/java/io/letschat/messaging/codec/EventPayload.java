package io.letschat.messaging.codec;

import io.letschat.domain.InvalidValueException;
import io.letschat.domain.Sentence;
import io.letschat.domain.room.RoomId;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The JSON object that came with an event. Fields that nobody asks for are ignored. */
public final class EventPayload {
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,15}");

  private final Map<?, ?> fields;

  private EventPayload(Map<?, ?> fields) {
    this.fields = fields;
  }

  /**
   * @throws InvalidValueException if it is no JSON object
   */
  public static EventPayload of(@Nullable Object argument) {
    if (argument instanceof Map<?, ?> fields) {
      return new EventPayload(fields);
    }
    throw new InvalidValueException("payload", Sentence.of("event.no-object"));
  }

  /** For the log: the room that an event names, if it does so well, in either dialect. */
  public static Optional<RoomId> roomNamedBy(@Nullable Object argument) {
    Object id = argument instanceof Map<?, ?> fields ? fields.get("room_id") : argument;
    try {
      return Optional.ofNullable(id).map(named -> roomId(named, Dialect.LEGACY));
    } catch (InvalidValueException none) {
      return Optional.empty();
    }
  }

  public RoomId roomId(Dialect dialect) {
    return roomId(fields.get("room_id"), dialect);
  }

  /**
   * Clients of the Node program take the id from the address of the page, so it may be a string of
   * digits there.
   */
  public static RoomId roomId(@Nullable Object value, Dialect dialect) {
    if (dialect == Dialect.LEGACY
        && value instanceof String digits
        && DIGITS.matcher(digits).matches()) {
      return new RoomId(Long.parseLong(digits));
    }
    return new RoomId(
        number("room_id", value)
            .orElseThrow(() ->
                new InvalidValueException(
                    "room_id", Sentence.of("event.missing").with("field", "room_id"))));
  }

  public Optional<Long> number(String name) {
    return number(name, fields.get(name));
  }

  public String text(String name) {
    return optionalText(name)
        .orElseThrow(() ->
            new InvalidValueException(name, Sentence.of("event.missing").with("field", name)));
  }

  public Optional<String> optionalText(String name) {
    Object value = fields.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text) {
      return Optional.of(text);
    }
    throw new InvalidValueException(name, Sentence.of("event.not-text").with("field", name));
  }

  /** Whole numbers from 0 on that a client can count to exactly. */
  private static Optional<Long> number(String name, @Nullable Object value) {
    return switch (value) {
      case null -> Optional.empty();
      case Integer number when number >= 0 -> Optional.of(number.longValue());
      case Long number when number >= 0 && number <= 1L << 53 -> Optional.of(number);
      case Double number when number >= 0 && number <= 1L << 53 && number == Math.rint(number) ->
          Optional.of(number.longValue());
      default -> throw notWhole(name);
    };
  }

  private static InvalidValueException notWhole(String name) {
    return new InvalidValueException(name, Sentence.of("event.not-whole").with("field", name));
  }
}
