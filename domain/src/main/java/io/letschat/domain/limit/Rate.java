package io.letschat.domain.limit;

import io.letschat.domain.InvalidValueException;
import io.letschat.domain.Sentence;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** So many times in such a span. Written {@code 100/15m}, with s, m, h or d as units. */
public record Rate(int times, Duration span) {
  private static final Pattern SHAPE =
      Pattern.compile("([1-9][0-9]{0,8})/([1-9][0-9]{0,5})([smhd])");

  public Rate {
    if (times < 1 || span.isNegative() || span.isZero()) {
      throw new IllegalArgumentException("a rate is positive");
    }
  }

  /**
   * Reads a setting; {@code off} means no limit.
   *
   * @throws InvalidValueException if it is neither {@code off} nor like {@code 100/15m}; its field
   *     is {@code name}
   */
  public static Optional<Rate> parse(String name, String written) {
    if (written.equals("off")) {
      return Optional.empty();
    }
    Matcher match = SHAPE.matcher(written);
    if (!match.matches()) {
      throw new InvalidValueException(name, Sentence.of("rate.shape").with("name", name));
    }
    long count = Long.parseLong(match.group(2));
    Duration span =
        switch (match.group(3)) {
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    return Optional.of(new Rate(Integer.parseInt(match.group(1)), span));
  }
}
