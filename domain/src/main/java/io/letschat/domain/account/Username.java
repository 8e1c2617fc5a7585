package io.letschat.domain.account;

import io.letschat.domain.InvalidValueException;
import io.letschat.domain.Text;

/** The name that others see: 3 to 30 letters, digits and {@code _ . -}. */
public record Username(String text) {
  public Username {
    int length = Text.codePoints(text);
    if (length < 3 || length > 30 || !text.codePoints().allMatch(Username::allowed)) {
      throw new InvalidValueException(
          "username", "A username has 3 to 30 letters, digits, underscores, dots or hyphens.");
    }
  }

  /**
   * Reads what somebody typed; white space around it is dropped.
   *
   * @throws InvalidValueException if it is no username
   */
  public static Username of(String typed) {
    return new Username(Text.tidied(typed));
  }

  private static boolean allowed(int c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-';
  }

  /** Two usernames with the same key are the same name. */
  public String key() {
    return Text.key(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
