package io.letschat.domain.account;

import io.letschat.domain.InvalidValueException;
import io.letschat.domain.Sentence;
import java.time.Duration;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Six digits that are mailed to somebody and typed in once. */
public record OneTimeCode(String digits) {
  /** How long it is good. */
  public static final Duration LIFETIME = Duration.ofMinutes(10);

  /** How many wrong ones may be tried before the right one is dead. */
  public static final int TRIES = 5;

  private static final Pattern SHAPE = Pattern.compile("[0-9]{6}");
  private static final Pattern GAPS = Pattern.compile("[\\s\\u00a0-]+");

  public OneTimeCode {
    if (!SHAPE.matcher(digits).matches()) {
      throw new InvalidValueException("otp", Sentence.of("code.shape"));
    }
  }

  /**
   * Reads what somebody typed or pasted; spaces and hyphens are dropped.
   *
   * @throws InvalidValueException if it is not six digits
   */
  public static OneTimeCode of(String typed) {
    return new OneTimeCode(GAPS.matcher(typed).replaceAll(""));
  }

  /**
   * @param random cryptographically strong
   */
  public static OneTimeCode random(RandomGenerator random) {
    return new OneTimeCode(String.format(Locale.ROOT, "%06d", random.nextInt(1_000_000)));
  }

  @Override
  public String toString() {
    return "OneTimeCode[hidden]";
  }
}
