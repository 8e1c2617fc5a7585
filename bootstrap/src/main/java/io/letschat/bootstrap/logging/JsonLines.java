package io.letschat.bootstrap.logging;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.JsonEscapeUtil;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object per line: {@code time} (ISO 8601, UTC, milliseconds), {@code level}, {@code
 * logger}, {@code thread}, the ids of the context such as {@code request_id} right beside them,
 * {@code message}, and {@code stack_trace} as text where something was thrown.
 */
public final class JsonLines extends JsonEncoder {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private final ThrowableProxyConverter traces = new ThrowableProxyConverter();

  /** Called by logback, which finds the class by its name. */
  public JsonLines() {
    setWithSequenceNumber(false);
    setWithTimestamp(false);
    setWithNanoseconds(false);
    setWithLevel(false);
    setWithThreadName(false);
    setWithLoggerName(false);
    setWithContext(false);
    setWithMarkers(false);
    setWithKVPList(false);
    setWithMessage(false);
    setWithFormattedMessage(false);
    setWithArguments(false);
  }

  @Override
  public void start() {
    traces.start();
    super.start();
  }

  @Override
  protected void appendMDC(StringBuilder line, ILoggingEvent event) {
    appenderMember(line, "time", TIME.format(event.getInstant()));
    member(line, "level", event.getLevel().toString());
    member(line, "logger", event.getLoggerName());
    member(line, "thread", event.getThreadName());
    for (Map.Entry<String, String> id : new TreeMap<>(event.getMDCPropertyMap()).entrySet()) {
      member(line, id.getKey(), id.getValue());
    }
    member(line, "message", event.getFormattedMessage());
  }

  @Override
  protected void appendThrowableProxy(
      StringBuilder line, String name, @Nullable IThrowableProxy thrown) {}

  @Override
  protected void appendCustomFields(StringBuilder line, ILoggingEvent event) {
    if (event.getThrowableProxy() != null) {
      member(line, "stack_trace", traces.convert(event));
    }
  }

  private void member(StringBuilder line, String name, @Nullable String value) {
    line.append(VALUE_SEPARATOR);
    appenderMember(line, name, value == null ? "" : JsonEscapeUtil.jsonEscapeString(value));
  }
}
