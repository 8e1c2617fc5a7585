package io.letschat.domain.account;

import io.letschat.domain.InvalidValueException;
import io.letschat.domain.Sentence;
import io.letschat.domain.Text;
import java.util.regex.Pattern;

/**
 * An address that mail can be sent to: at most 254 characters, 64 of them before the {@code @}, and
 * a domain of two labels or more. Quoted local parts and address literals of RFC 5321 are not
 * accepted.
 */
public record EmailAddress(String text) {
  private static final Pattern SHAPE =
      Pattern.compile(
          "[^\\s@<>(),:;\"\\\\\\[\\]]{1,64}@(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.)+[\\p{L}\\p{N}-]{2,63}");

  public EmailAddress {
    if (Text.codePoints(text) > 254
        || Text.hasControls(text)
        || !Text.isWellFormed(text)
        || !SHAPE.matcher(text).matches()) {
      throw new InvalidValueException("email", Sentence.of("email.shape"));
    }
  }

  /**
   * Reads what somebody typed; white space around it is dropped.
   *
   * @throws InvalidValueException if it is no address
   */
  public static EmailAddress of(String typed) {
    return new EmailAddress(Text.tidied(typed));
  }

  /** Two addresses with the same key are the same address. */
  public String key() {
    return Text.key(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
