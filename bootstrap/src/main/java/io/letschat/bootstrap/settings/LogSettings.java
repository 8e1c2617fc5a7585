package io.letschat.bootstrap.settings;

import ch.qos.logback.classic.Level;
import java.util.Locale;
import java.util.Optional;

/**
 * What the log has, how it looks, and who else hears of errors.
 *
 * @param level {@code LOG_LEVEL}: the least that is logged of what LetsChat itself says; libraries
 *     never say more than {@link Level#INFO}, because some would write what goes over the wire
 * @param format {@code LOG_FORMAT}
 * @param sql {@code LOG_SQL}: every statement with its time, and never what was bound
 * @param sentry {@code SENTRY_DSN}; empty: errors are reported to nobody
 */
public record LogSettings(Level level, Format format, boolean sql, Optional<SentryDsn> sentry) {
  public enum Format {
    /** For people. */
    CONSOLE,
    /** For programs: one JSON object per line. */
    JSON;

    /**
     * @throws IllegalArgumentException with what is accepted
     */
    static Format parse(String value) {
      return switch (value.toLowerCase(Locale.ROOT)) {
        case "console" -> CONSOLE;
        case "json" -> JSON;
        default -> throw new IllegalArgumentException("is console or json.");
      };
    }
  }

  /**
   * @throws IllegalArgumentException with what is accepted
   */
  static Level level(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "error" -> Level.ERROR;
      case "warn" -> Level.WARN;
      case "info" -> Level.INFO;
      case "debug" -> Level.DEBUG;
      default -> throw new IllegalArgumentException("is error, warn, info or debug.");
    };
  }
}
