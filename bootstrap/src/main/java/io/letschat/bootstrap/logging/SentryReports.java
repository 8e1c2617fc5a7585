package io.letschat.bootstrap.logging;

import io.letschat.bootstrap.settings.SentryDsn;
import io.letschat.bootstrap.settings.Version;
import io.sentry.Sentry;
import io.sentry.SentryEvent;
import io.sentry.SentryOptions;
import io.sentry.protocol.Message;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports what is logged as an error to Sentry: the line, its stack trace and its ids, from a
 * thread and a queue of Sentry's own. Where nobody answers, or too much comes, reports are dropped.
 * There is nothing of people in them: no requests, no users, and whatever looks like a mail address
 * or a token is taken out.
 */
public final class SentryReports implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SentryReports.class);
  private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>\"'(=]+@[^\\s@<>\"')]+");
  private static final Pattern TOKEN =
      Pattern.compile("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+|(?<=[Bb]earer )\\S+");
  private static final int PATIENCE_MS = 3_000;
  private static final int GOODBYE_MS = 1_000;

  private final SentryAppender appender;

  private SentryReports(SentryAppender appender) {
    this.appender = appender;
  }

  /** Connects with the first report. One per process. */
  public static SentryReports to(SentryDsn dsn, boolean production) {
    Sentry.init(options(dsn, production));
    var appender = new SentryAppender();
    appender.setName("sentry");
    Logging.add(appender);
    log.info("errors are reported to {}", dsn.uri().getHost());
    return new SentryReports(appender);
  }

  private static SentryOptions options(SentryDsn dsn, boolean production) {
    var options = new SentryOptions();
    options.setDsn(dsn.uri().toString());
    options.setEnvironment(production ? "production" : "development");
    options.setRelease("letschat@" + Version.current());
    options.setEnableExternalConfiguration(false);
    options.setGlobalHubMode(true);
    options.setMaxBreadcrumbs(0);
    options.setSendModules(false);
    options.setEnableAutoSessionTracking(false);
    options.setEnableUncaughtExceptionHandler(false);
    options.setEnableShutdownHook(false);
    options.setEnableBackpressureHandling(false);
    options.setConnectionTimeoutMillis(PATIENCE_MS);
    options.setReadTimeoutMillis(PATIENCE_MS);
    options.setShutdownTimeoutMillis(GOODBYE_MS);
    options.setFlushTimeoutMillis(GOODBYE_MS);
    options.addInAppInclude("io.letschat");
    options.setBeforeSend((event, hint) -> withoutPeople(event));
    return options;
  }

  private static SentryEvent withoutPeople(SentryEvent event) {
    event.setUser(null);
    event.setRequest(null);
    Message message = event.getMessage();
    if (message != null) {
      message.setFormatted(clean(message.getFormatted()));
      message.setParams(null);
    }
    var exceptions = event.getExceptions();
    if (exceptions != null) {
      exceptions.forEach(each -> each.setValue(clean(each.getValue())));
    }
    return event;
  }

  static @Nullable String clean(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String withoutTokens = TOKEN.matcher(text).replaceAll("(token)");
    return ADDRESS.matcher(withoutTokens).replaceAll("(address)");
  }

  /** What waits is sent, if that takes less than a second. */
  @Override
  public void close() {
    Logging.remove(appender);
    Sentry.close();
  }
}
