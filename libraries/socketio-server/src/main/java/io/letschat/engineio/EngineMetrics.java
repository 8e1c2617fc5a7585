package io.letschat.engineio;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Measures a server: open connections by transport, their addresses, and what is rejected. */
public final class EngineMetrics implements MeterBinder {
  private final EngineServer server;

  public EngineMetrics(EngineServer server) {
    this.server = server;
  }

  /**
   * Counts rejections, for {@link EngineSettings}.
   *
   * @param more the reasons of what is carried over the engine
   */
  public static RejectionListener rejections(MeterRegistry registry, RejectReason... more) {
    Map<RejectReason, Counter> counters = new HashMap<>();
    Stream<RejectReason> all =
        Stream.concat(Arrays.stream(EngineRejectReason.values()), Arrays.stream(more));
    for (RejectReason rejectReason : all.toList()) {
      counters.put(
          rejectReason,
          Counter.builder("letschat.refused")
              .tag("where", "socket")
              .tag("reason", rejectReason.label())
              .register(registry));
    }
    return rejectReason -> {
      Counter counter = counters.get(rejectReason);
      if (counter != null) {
        counter.increment();
      }
    };
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (EngineTransport transport : EngineTransport.values()) {
      Gauge.builder("letschat.connections", () -> count(transport))
          .description("Open Engine.IO sessions")
          .tag("transport", transport.wireName())
          .register(registry);
    }
    Gauge.builder("letschat.connection.addresses", server::addressCount)
        .description("Client addresses with open sessions")
        .register(registry);
    Gauge.builder("letschat.outbound", () -> unsent().sum())
        .description("What waits for clients to take it")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("letschat.outbound.sockets", () -> unsent().filter(bytes -> bytes > 0).count())
        .description("Sockets that something waits for")
        .register(registry);
  }

  private LongStream unsent() {
    return server.sessions().stream().mapToLong(each -> each.sender().unsentBytes());
  }

  private long count(EngineTransport transport) {
    return server.sessions().stream().filter(each -> each.transport() == transport).count();
  }
}
