package io.letschat.bootstrap.logging;

import static java.util.Map.entry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts what is logged as an error, by what was going on. */
public final class ErrorCounter extends UnsynchronizedAppenderBase<ILoggingEvent> {
  /** What the program does for somebody, or by itself. */
  enum Where {
    HTTP,
    SOCKET,
    RELAY,
    BACKGROUND;

    private static final Map<String, Where> BY_PACKAGE =
        Map.ofEntries(
            entry("io.letschat.web.", HTTP),
            entry("io.letschat.gateway.", HTTP),
            entry("io.letschat.engineio.", SOCKET),
            entry("io.letschat.socketio.", SOCKET),
            entry("io.letschat.messaging.event.", SOCKET),
            entry("io.letschat.messaging.codec.", SOCKET),
            entry("io.letschat.messaging.socket.", SOCKET),
            entry("io.letschat.messaging.recovery.", SOCKET),
            entry("io.letschat.messaging.cluster.", SOCKET),
            entry("io.letschat.messaging.relay.", RELAY),
            entry("io.letschat.bootstrap.", BACKGROUND));

    /** By who says it; what is done for all of them, by the ids that stand beside it. */
    static Where of(ILoggingEvent event) {
      for (Map.Entry<String, Where> part : BY_PACKAGE.entrySet()) {
        if (event.getLoggerName().startsWith(part.getKey())) {
          return part.getValue();
        }
      }
      Map<String, String> ids = event.getMDCPropertyMap();
      if (ids.containsKey("request_id")) {
        return HTTP;
      }
      return ids.containsKey("socket_id") ? SOCKET : BACKGROUND;
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Map<Where, Counter> counters = new EnumMap<>(Where.class);

  public ErrorCounter(MeterRegistry registry) {
    for (Where where : Where.values()) {
      counters.put(
          where,
          Counter.builder("letschat.errors")
              .description("What failed although nothing should")
              .tag("where", where.label())
              .register(registry));
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
      Counter counter = counters.get(Where.of(event));
      if (counter != null) {
        counter.increment();
      }
    }
  }
}
