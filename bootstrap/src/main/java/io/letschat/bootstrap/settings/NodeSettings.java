package io.letschat.bootstrap.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a node is called, how it leaves, and for how long its sockets may be lost. */
final class NodeSettings {
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,4})([sm])");
  private static final Duration LONGEST_WINDOW = Duration.ofHours(1);

  private final RawSettings rawSettings;

  NodeSettings(RawSettings rawSettings) {
    this.rawSettings = rawSettings;
  }

  /**
   * {@code NODE_NAME} with the full stop that ends it, so that no name is the beginning of another.
   */
  Optional<String> sessionPrefix() {
    return rawSettings.given("NODE_NAME").isEmpty()
        ? Optional.of("")
        : rawSettings.read("NODE_NAME", NodeSettings::name).map(name -> name + ".");
  }

  /** {@code SHUTDOWN_NOTICE} and {@code SHUTDOWN_SPREAD}. */
  Optional<ShutdownTimes> departure() {
    Optional<Duration> notice = rawSettings.read("SHUTDOWN_NOTICE", "0", NodeSettings::seconds);
    Optional<Duration> spread = rawSettings.read("SHUTDOWN_SPREAD", "0", NodeSettings::seconds);
    return notice.flatMap(first -> spread.map(then -> new ShutdownTimes(first, then)));
  }

  /** {@code RECOVERY_WINDOW}. */
  Optional<Duration> recoveryWindow() {
    return rawSettings.read("RECOVERY_WINDOW", "2m", NodeSettings::window);
  }

  private static String name(String value) {
    if (value.matches("[A-Za-z0-9_-]{1,32}")) {
      return value;
    }
    throw new IllegalArgumentException("is 1 to 32 letters, digits, _ or -, such as app1.");
  }

  private static Duration seconds(String value) {
    return Duration.ofSeconds(
        RawSettings.number(value, 0, 3600, "a number of seconds from 0 to 3600"));
  }

  private static Duration window(String value) {
    Matcher written = SPAN.matcher(value);
    if (value.equals("off") || value.equals("0")) {
      return Duration.ZERO;
    }
    if (written.matches()) {
      long number = Long.parseLong(written.group(1));
      Duration window =
          written.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMinutes(number);
      if (window.compareTo(LONGEST_WINDOW) <= 0) {
        return window;
      }
    }
    throw new IllegalArgumentException("is a time such as 30s or 2m, 60m at most, or off.");
  }
}
