package io.letschat.bootstrap.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.joran.spi.JoranException;
import io.letschat.bootstrap.settings.LogSettings;
import java.net.URL;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which lines the log has, and who else gets them; {@code logback.xml} says how they look. */
public final class Logging {
  private Logging() {}

  private static final String FORMAT = "letschat.log.format";

  /** To be called before anything is logged. */
  public static void begin(LogSettings settings) {
    String format = settings.format().name().toLowerCase(Locale.ROOT);
    System.setProperty(FORMAT, format);
    System.setProperty("letschat.log.appender", format);
    System.setProperty("letschat.log.level", settings.level().toString());
    System.setProperty("letschat.log.sql", settings.sql() ? "DEBUG" : "OFF");
    configure(format);
    Logger log = LoggerFactory.getLogger(Logging.class);
    // Otherwise it would be on standard error, in a form of its own, and counted nowhere.
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) ->
        log.error("thread '{}' ended by an exception", thread.getName(), thrown));
  }

  /** Logback read its file when the first class asked for a logger, which may have been before. */
  private static void configure(String format) {
    LoggerContext context = context();
    URL file = Logging.class.getResource("/logback.xml");
    if (format.equals(context.getProperty(FORMAT)) || file == null) {
      return;
    }
    context.reset();
    var configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(file);
    } catch (JoranException e) {
      throw new IllegalStateException("the log cannot be set up", e);
    }
  }

  /** From now on it gets every line, too; it is started. */
  public static void add(Appender<ILoggingEvent> appender) {
    ch.qos.logback.classic.Logger root = root();
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.addAppender(appender);
  }

  public static void remove(Appender<ILoggingEvent> appender) {
    root().detachAppender(appender);
    appender.stop();
  }

  private static ch.qos.logback.classic.Logger root() {
    return context().getLogger(Logger.ROOT_LOGGER_NAME);
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }
}
