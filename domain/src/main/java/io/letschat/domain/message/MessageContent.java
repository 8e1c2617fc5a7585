package io.letschat.domain.message;

import io.letschat.domain.InvalidValueException;
import io.letschat.domain.Sentence;
import io.letschat.domain.Text;

/**
 * What was said: 1 to 2000 code points without U+0000 or half a surrogate pair; trimmed, else as it
 * was sent.
 */
public record MessageContent(String text) {
  public static final int MAX_CODE_POINTS = 2000;

  public MessageContent {
    if (Text.trimmed(text).isEmpty()) {
      throw new InvalidValueException("content", Sentence.of("content.empty"));
    }
    if (Text.codePoints(text) > MAX_CODE_POINTS) {
      throw new InvalidValueException(
          "content", Sentence.of("content.too-long").with("most", MAX_CODE_POINTS));
    }
    if (!Text.isWellFormed(text) || text.indexOf('\0') >= 0) {
      throw new InvalidValueException("content", Sentence.of("content.unusable"));
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
