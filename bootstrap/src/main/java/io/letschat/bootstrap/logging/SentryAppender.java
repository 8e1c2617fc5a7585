package io.letschat.bootstrap.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.sentry.Sentry;
import io.sentry.SentryEvent;
import io.sentry.SentryLevel;
import io.sentry.protocol.Message;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** Gives Sentry what is logged as an error. Sentry's own appender has no version for this core. */
final class SentryAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private static final List<String> IDS = List.of("request_id", "socket_id", "room_id");

  @Override
  protected void append(ILoggingEvent line) {
    if (line.getLevel().isGreaterOrEqual(Level.ERROR)) {
      Sentry.captureEvent(event(line));
    }
  }

  private static SentryEvent event(ILoggingEvent line) {
    var event = new SentryEvent(Date.from(Instant.ofEpochMilli(line.getTimeStamp())));
    event.setLevel(SentryLevel.ERROR);
    event.setLogger(line.getLoggerName());
    event.setExtra("thread_name", line.getThreadName());
    var message = new Message();
    message.setMessage(line.getMessage());
    message.setFormatted(line.getFormattedMessage());
    event.setMessage(message);
    if (line.getThrowableProxy() instanceof ThrowableProxy proxy) {
      event.setThrowable(proxy.getThrowable());
    }
    Map<String, String> ids = line.getMDCPropertyMap();
    for (String id : IDS) {
      String value = ids.get(id);
      if (value != null) {
        event.setTag(id, value);
      }
    }
    return event;
  }
}
