package io.letschat.domain.message;

import io.letschat.domain.InvalidValueException;
import io.letschat.domain.Text;

/**
 * What was said: 1 to 2000 code points without U+0000 or half a surrogate pair; trimmed, else as it
 * was sent.
 */
public record MessageContent(String text) {
  public static final int MAX_CODE_POINTS = 2000;

  public MessageContent {
    if (Text.trimmed(text).isEmpty()) {
      throw new InvalidValueException("content", "The message is empty.");
    }
    if (Text.codePoints(text) > MAX_CODE_POINTS) {
      throw new InvalidValueException("content", "A message has at most 2000 characters.");
    }
    if (!Text.isWellFormed(text) || text.indexOf('\0') >= 0) {
      throw new InvalidValueException(
          "content", "The message has a character that cannot be sent.");
    }
  }

  /**
   * Reads what somebody sent; white space around it is dropped.
   *
   * @throws InvalidValueException if nothing is left, or too much, or it is no text
   */
  public static MessageContent of(String sent) {
    return new MessageContent(Text.trimmed(sent));
  }
}
