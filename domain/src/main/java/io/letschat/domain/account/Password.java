package io.letschat.domain.account;

import io.letschat.domain.InvalidValueException;
import io.letschat.domain.Sentence;
import io.letschat.domain.Text;
import java.text.Normalizer;

/**
 * The password of an account as somebody chose it: at least 8 code points, at most 72 bytes of
 * UTF-8, which is what bcrypt can tell apart. Taken as typed, spaces included.
 */
public record Password(String secret) {
  public static final int MIN_CODE_POINTS = 8;
  public static final int MAX_BYTES = 72;

  public Password {
    if (!Text.isWellFormed(secret) || secret.indexOf('\0') >= 0) {
      throw new InvalidValueException("password", Sentence.of("password.unusable"));
    }
    if (Text.codePoints(secret) < MIN_CODE_POINTS) {
      throw new InvalidValueException(
          "password", Sentence.of("password.too-short").with("least", MIN_CODE_POINTS));
    }
    if (Text.utf8Length(secret) > MAX_BYTES) {
      throw new InvalidValueException(
          "password", Sentence.of("password.too-long").with("most", MAX_BYTES));
    }
  }

  /**
   * @throws InvalidValueException if it is too short, too long, or has a NUL or half a surrogate
   *     pair
   */
  public static Password of(String typed) {
    return new Password(fitting(typed));
  }

  /** As typed; composed (NFC) where only that makes it short enough. */
  public static String fitting(String typed) {
    if (Text.utf8Length(typed) <= MAX_BYTES) {
      return typed;
    }
    String composed = Normalizer.normalize(typed, Normalizer.Form.NFC);
    return Text.utf8Length(composed) <= MAX_BYTES ? composed : typed;
  }

  @Override
  public String toString() {
    return "Password[hidden]";
  }
}
