package io.letschat.bootstrap;

import org.slf4j.LoggerFactory;

/** Which lines the log has; {@code logback.xml} says how they look. */
final class Logging {
  private Logging() {}

  /** To be called before anything is logged: logback reads its file at the first line. */
  static void begin(boolean production) {
    System.setProperty("letschat.log", production ? "json" : "console");
    LoggerFactory.getILoggerFactory();
  }
}
