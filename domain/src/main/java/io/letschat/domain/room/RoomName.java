package io.letschat.domain.room;

import io.letschat.domain.InvalidValueException;
import io.letschat.domain.Text;

/** What a room is called: 1 to 100 code points, none of them a control character. */
public record RoomName(String text) {
  public RoomName {
    int length = Text.codePoints(text);
    if (text.isBlank()) {
      throw new InvalidValueException("room", "Please enter the name of a room.");
    }
    if (length > 100) {
      throw new InvalidValueException("room", "The name of a room has at most 100 characters.");
    }
    if (!Text.isWellFormed(text) || Text.hasControls(text)) {
      throw new InvalidValueException(
          "room", "The name of the room has a character that cannot be used.");
    }
  }

  /**
   * Reads what somebody typed; white space around it is dropped.
   *
   * @throws InvalidValueException if it cannot be a room's name
   */
  public static RoomName of(String typed) {
    return new RoomName(Text.tidied(typed));
  }

  /** Two rooms never have the same key. */
  public String key() {
    return Text.key(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
