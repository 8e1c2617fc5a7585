package io.letschat.bootstrap;

import io.letschat.domain.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The settings as they are written, and a sentence for each of them that was refused. */
final class Values {
  private final Map<String, String> written;
  private final List<String> refused = new ArrayList<>();

  Values(Map<String, String> written) {
    this.written = written;
  }

  /** An empty value is none. */
  Optional<String> given(String name) {
    return Optional.ofNullable(written.get(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /**
   * The value, or the usual one; empty if it is refused.
   *
   * @param parse throws an {@link IllegalArgumentException} that says what is accepted
   */
  <T> Optional<T> read(String name, String usual, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(given(name).orElse(usual)));
    } catch (InvalidValueException e) {
      refuse(e.sentence());
    } catch (IllegalArgumentException e) {
      refuse(name + ": " + e.getMessage());
    }
    return Optional.empty();
  }

  /** The value; empty if there is none, or it is refused. */
  <T> Optional<T> read(String name, Function<String, T> parse) {
    return given(name).flatMap(value -> read(name, value, parse));
  }

  Optional<Integer> number(String name, int usual, int least, int most) {
    return read(
        name,
        Integer.toString(usual),
        value -> number(value, least, most, "a number from " + least + " to " + most));
  }

  /**
   * @throws IllegalArgumentException that says {@code accepted}
   */
  static int number(String value, int least, int most, String accepted) {
    if (value.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new IllegalArgumentException("is " + accepted + ".");
  }

  Optional<Boolean> yesOrNo(String name, boolean usual) {
    return read(name, Boolean.toString(usual), Values::yesOrNo);
  }

  private static boolean yesOrNo(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes", "on" -> true;
      case "false", "0", "no", "off" -> false;
      default -> throw new IllegalArgumentException("is true or false.");
    };
  }

  /**
   * @param sentence names the setting and says what is accepted
   */
  void refuse(String sentence) {
    refused.add(sentence);
  }

  List<String> refused() {
    return List.copyOf(refused);
  }
}
